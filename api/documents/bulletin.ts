import type { DocumentData } from '../../documents/kinds';
import { formatSecond } from '../../domain/notices/format';
import type { Judged, Report } from '../../domain/oversight/report';
import { shareText } from '../../domain/oversight/figures';
import { grouped } from './numbers';
import type { Wanted } from './wanted';

interface Printed {
  number: string;
  title: string;
  periodText: string;
  texts: { summary: string; reasons: string; demands: string };
  report: Report;
  sha256: string;
}

/** A bulletin, by the city's template: it is about all departments. */
export const bulletinDocument = ({
  number,
  title,
  periodText,
  texts,
  report,
  sha256,
}: Printed): Wanted<'bulletin'> => ({
  kind: 'bulletin',
  department: null,
  fileName: `督查通报-${number}`,
  data: [
    {
      标题: title,
      编号: number,
      期间: periodText,
      地区: report.region.name,
      总体情况: texts.summary,
      原因: texts.reasons,
      工作要求: texts.demands,
      全无进展: [...report.idle.departments, ...report.idle.regions, ...report.idle.plan]
        .filter((name, at, all) => all.indexOf(name) === at)
        .join('、'),
      合计: [judgedOf(report.total)],
      部门排名: report.departments.map(rankedOf),
      地区排名: report.regions.map(rankedOf),
      计划执行: report.plan.map((row) => ({
        部门: row.name,
        计划: grouped(row.lines),
        已启动: grouped(row.launched),
        逾期启动: grouped(row.launchedLate),
        未启动: grouped(row.missed),
        启动率: shareText(row.share),
      })),
      公示情况: report.publication.map((row) => ({ 部门: row.name, ...judgedOf(row) })),
      覆盖情况: report.coverage.map((row) => ({
        地区: row.name,
        主体数: grouped(row.entities),
        已检查: grouped(row.visited),
        覆盖率: shareText(row.share),
      })),
      督办情况: report.orders.map((row) => ({
        部门: row.name,
        发出: grouped(row.issued),
        已答复: grouped(row.answered),
        逾期答复: grouped(row.answeredLate),
      })),
      冻结时间: formatSecond(new Date(report.asOf)),
      摘要值: sha256,
    },
  ],
});

const judgedOf = (row: Judged) => ({
  应办: grouped(row.due),
  按时: grouped(row.onTime),
  逾期办结: grouped(row.late),
  逾期未办: grouped(row.overdue),
  未到期: grouped(row.waiting),
  按时率: shareText(row.share),
});

const rankedOf = (row: Report['departments'][number]): DocumentData<'bulletin'>['部门排名'][number] => ({
  名称: row.didNothing ? `${row.name}（全无进展）` : row.name,
  名次: row.rank === null ? '—' : String(row.rank),
  ...judgedOf(row),
});
