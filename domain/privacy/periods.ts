/**
 * How long personal data is kept: no longer than needed (PIPL art. 19), unless a law keeps it (art. 47, second paragraph).
 * What a period ends is erased by db/retention.ts every night.
 */
export interface Period {
  zh: string;
  en: string;
  /** After what `zh` and `en` name; null: as long as what it belongs to. */
  days: number | null;
  /** Whether the person can have it erased before (PIPL art. 47). */
  onRequest: boolean;
}

const kept = (zh: string, en: string): Period => ({ zh, en, days: null, onRequest: false });
const erased = (days: number, zh: string, en: string): Period => ({ zh, en, days, onRequest: true });

export const PERIODS = {
  records: kept(
    '与抽查档案同期：谁做了什么决定，须可追溯',
    'as long as the campaign’s records: who decided what has to be traceable',
  ),
  audit: kept(
    '至少 6 个月，并与抽查档案同期（网络安全法第二十一条）',
    'at least 6 months, and as long as the campaign’s records (Cybersecurity Law, art. 21)',
  ),
  public: kept('已依法公开，与抽查档案同期', 'made public by law, as long as the campaign’s records'),
  registry: kept(
    '名录及其历史：须能说明某日谁在名录中',
    'the registry and its history: who was in it on a day has to be known',
  ),
  account: kept('账户及其经办记录存续期间', 'as long as records name the account'),
  contact: erased(
    365,
    '离开名录（或换成新的联系方式）一年后',
    'a year after leaving the registry, or after another contact took its place',
  ),
  reach: erased(180, '账户停用 180 天后', '180 days after the account was disabled'),
  session: erased(0, '会话结束即删', 'when the session ends'),
  // As long as they count: domain/sign-in/lock-out.ts.
  failures: erased(1, '登录失败一天后', 'a day after the failed sign-in'),
  // As long as the cookie of a browser lasts at which somebody signed in.
  places: erased(180, '最后一次登录 180 天后', '180 days after the last sign-in there'),
  requests: erased(7, '请求 7 天后', '7 days after the request'),
  mail: erased(180, '寄出或失败 180 天后，正文、地址删去', '180 days after it was sent or failed'),
  draft: erased(90, '任务结束且 90 天未动', 'when its campaign has ended and nobody touched it for 90 days'),
  unfinished: erased(180, '最后一次保存 180 天后', '180 days after it was last saved'),
  upload: erased(180, '导入结束 180 天后', '180 days after the import'),
  statement: erased(365, '答复（评价）一年后', 'a year after the answer, or the rating'),
  leave: erased(365, '代办期满一年后', 'a year after its end'),
  codes: erased(30, '失效 30 天后', '30 days after it expired'),
  feed: erased(0, '撤销或账户停用即删', 'when it is revoked or the account disabled'),
} as const satisfies Record<string, Period>;

export type PeriodName = keyof typeof PERIODS;
