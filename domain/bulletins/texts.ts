/** What a bulletin says before the office has written anything: facts from its figures, answers from urging orders. */
import { shareText } from '../oversight/figures';
import { periodText, type BulletinKind } from '../oversight/periods';
import type { Report } from '../oversight/report';

export interface BulletinTexts {
  summary: string;
  reasons: string;
  demands: string;
}

/** An answer to an urging order of the period. */
export interface GivenReason {
  number: string;
  department: string;
  answer: string;
}

export const bulletinTitle = (kind: BulletinKind, report: Report): string =>
  `${report.region.name}部门联合“双随机、一公开”抽查工作通报（${periodText(kind, report.period)}）`;

export function draftTexts(kind: BulletinKind, report: Report, given: readonly GivenReason[]): BulletinTexts {
  return {
    summary: summaryOf(kind, report),
    reasons:
      given.length === 0
        ? '期间内没有部门对督办单作出答复。'
        : given.map(({ number, department, answer }) => `${department}（${number}）：${answer}`).join('\n'),
    demands: demandsOf(report),
  };
}

function summaryOf(kind: BulletinKind, report: Report): string {
  const { total, departments, idle } = report;
  const when = periodText(kind, report.period);
  if (total.due === 0) return `${when}没有到期的抽查任务。`;
  const first = departments.filter((row) => row.rank === 1).map((row) => row.name);
  const judged = departments.filter((row) => row.share !== null);
  const worst = judged.at(-1)?.share ?? null;
  const last = judged.filter((row) => row.share === worst && worst !== 1).map((row) => row.name);
  const lines = [
    `${when}各部门到期任务 ${total.due} 项，按时完成 ${total.onTime} 项，逾期完成 ${total.late} 项，` +
      `逾期未办 ${total.overdue} 项，按时率 ${shareText(total.share)}。`,
    ...(first.length > 0 && judged.length > 1 ? [`按时率最高的是${first.join('、')}。`] : []),
    ...(last.length > 0 && judged.length > 1
      ? [`按时率最低的是${last.join('、')}（${shareText(worst)}）。`]
      : []),
    ...(idle.departments.length > 0 ? [`${idle.departments.join('、')}有任务逾期，一项也没有办完。`] : []),
    ...(idle.regions.length > 0 ? [`${idle.regions.join('、')}有任务逾期，一项也没有办完。`] : []),
    ...(idle.plan.length > 0 ? [`${idle.plan.join('、')}年度计划到期，一项也没有启动。`] : []),
  ];
  return lines.join('');
}

function demandsOf({ departments }: Report): string {
  const owing = departments.filter((row) => row.overdue > 0).map((row) => `${row.name}（${row.overdue} 项）`);
  return owing.length === 0
    ? '各部门要继续按时办理，巩固成效。'
    : `有逾期未办任务的部门要立即办理：${owing.join('、')}。`;
}
