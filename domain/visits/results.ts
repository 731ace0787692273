import { forbidden } from '../errors';

/** Result codes per item (domain guide, section 3; wording to be checked against the national form). */
export const RESULT_LABELS = {
  1: '未发现问题',
  2: '未按规定公示应当公示的信息',
  3: '公示信息隐瞒真实情况、弄虚作假',
  4: '通过登记的住所（经营场所）无法联系',
  5: '发现问题已责令改正',
  6: '不配合检查情节严重',
  7: '未发现开展本次抽查涉及的经营活动',
  8: '发现问题待后续处理',
} as const;

export type ResultCode = keyof typeof RESULT_LABELS;

export type HandlingTrack = 'rectification' | 'abnormal-list' | 'serious-list' | 'penalty';

const TRACKS: Partial<Record<ResultCode, HandlingTrack>> = {
  2: 'abnormal-list',
  3: 'abnormal-list',
  4: 'abnormal-list',
  5: 'rectification',
  6: 'serious-list',
  8: 'penalty',
};

/** What a result leads to (plan 3.5), or null where nothing was found. */
export const trackOf = (code: ResultCode): HandlingTrack | null => TRACKS[code] ?? null;

/** Nobody was met, let in, or at work there: what a form demands of an inspection can't be demanded. */
const NOT_INSPECTED: readonly ResultCode[] = [4, 6, 7];

export const wasInspected = (code: ResultCode): boolean => !NOT_INSPECTED.includes(code);

/** Who records does not publish: what is made public has been seen by a second person. */
export const ownResults = () =>
  forbidden('own-submission', '要公示的结果中有您录入的：请由牵头部门的另一人或统筹协调人员公示。');
