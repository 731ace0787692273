/** What changes in the registries mean for visits that are drawn and not done (domain guide, section 3). */
import type { NoticeParams } from '../notices/kinds';

/** The two tasks such changes bring; they are done when the visits are, and fall away where the change is taken back. */
export const CHANGE_TASKS = ['changed-entity', 'changed-inspector'] as const;

export const isChangeTask = (kind: string): boolean => CHANGE_TASKS.some((one) => one === kind);

type EntityChange = 'revoked' | 'cancelled' | 'moved' | 'region' | 'ended';
type InspectorChange = 'leave' | 'suspended' | 'left' | 'department' | 'certificate' | 'ended';

const ENTITY_CHANGES: Record<EntityChange, { what: string; advice: string }> = {
  revoked: {
    what: '已被吊销',
    advice: '核实后录入结果：无法联系的录 4，没有发现相关经营活动的录 7',
  },
  cancelled: { what: '已注销', advice: '核实后录入结果 7（未发现开展本次抽查涉及的经营活动）' },
  moved: { what: '已迁出', advice: '到登记住所核实后录入结果 4（通过登记的住所无法联系），或 7' },
  region: {
    what: '已迁到其他地区',
    advice: '由原定检查人员核实后录入结果 4 或 7；需要补足户数的，申请补充抽取',
  },
  ended: { what: '已不在名录', advice: '核实后录入结果 4 或 7；需要补足户数的，申请补充抽取' },
};

const INSPECTOR_CHANGES: Record<InspectorChange, string> = {
  leave: '请假',
  suspended: '暂停执法',
  left: '离岗',
  department: '调到其他部门',
  certificate: '执法证失效',
  ended: '已不在名录',
};

const REPLACE = '请申请替换检查人员：由下一号票递补，不能挑选；各户由他人接替或结果录齐后，本任务自动办结';

/** What happened, as a task's title tells it. */
export function changeTitle(kind: string, params: NoticeParams): string {
  const change = String(params['change']);
  if (kind === 'changed-entity') return ENTITY_CHANGES[change as EntityChange].what;
  const visits = `${String(params['visits'])} 户未完成`;
  return `${String(params['name'])}（${String(params['inspector'])}）${INSPECTOR_CHANGES[change as InspectorChange]}，${visits}`;
}

/** What to choose from. */
export const changeAdvice = (kind: string, params: NoticeParams): string =>
  kind === 'changed-entity' ? ENTITY_CHANGES[String(params['change']) as EntityChange].advice : REPLACE;

/** For everybody at the visit: why somebody can't go is not for all to know. */
export function changeHint(kind: string, params: NoticeParams): string {
  if (kind === 'changed-entity')
    return `检查对象${changeTitle(kind, params)}：${changeAdvice(kind, params)}。`;
  return `${String(params['name'])}不能继续参加检查，由牵头部门申请替换。`;
}
