import { StartError } from '../start-error';

const PATIENCE_MS = 120_000;
const PAUSE_MS = 500;

/** What the demo reports while it runs. */
export interface DemoReporter {
  /** A stage begins; the one before it has ended. */
  stage(name: DemoStage): Promise<void> | void;
  progress(done: number, total: number): void;
  note(text: string): void;
}

export const DEMO_STAGES = [
  'import',
  'items',
  'plan',
  'submit',
  'approve',
  'freeze',
  'seal',
  'reveal',
  'draw',
  'dispatch',
  'results',
  'overdue',
  'urging',
  'late',
  'handling',
  'publish',
  'close',
  'bulletin',
  'mails',
] as const;

export type DemoStage = (typeof DEMO_STAGES)[number];

export const DEMO_STAGE_LABELS: Record<DemoStage, string> = {
  import: '导入名录 import',
  items: '公布事项 items',
  plan: '制定方案 plan',
  submit: '提交、退回、再提交 submit, return',
  approve: '批准 approve',
  freeze: '冻结名录 freeze',
  seal: '各部门封存 seal',
  reveal: '揭示与公共随机值（两人登记） reveal, dice by two',
  draw: '抽取与匹配 draw, match',
  dispatch: '派发 dispatch',
  results: '检查与录入 results',
  overdue: '等待逾期提醒 overdue',
  urging: '督办与答复 urging order',
  late: '迟交部门补录 late results',
  handling: '后续处理 handling',
  publish: '公示 publish',
  close: '办结 close',
  bulletin: '督查通报 bulletin',
  mails: '发信 mails',
};

/** Asks again and again until there is an answer; the system may be restarting meanwhile. */
export async function waitFor<T>(
  ask: () => Promise<T | null | undefined | false>,
  what: string,
  seconds = 180,
): Promise<T> {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (Date.now() > until) throw new Error(`waited ${seconds} s in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

/** Does something again while the system is away, for two minutes; what the user must mend is not tried again. */
export async function patiently<T>(work: () => Promise<T>, isPassing: (result: T) => boolean = () => false) {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      const result = await work();
      if (Date.now() > until || !isPassing(result)) return result;
    } catch (error) {
      if (error instanceof StartError || Date.now() > until) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/** Works through a list, `width` at a time. */
export async function inParallel<T>(
  list: readonly T[],
  width: number,
  work: (one: T) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < list.length; at = next++) await work(list[at] as T);
  };
  await Promise.all(Array.from({ length: width }, lane));
}
