import type { Knex } from 'knex';
import { readCampaignItems } from '../../db/campaign-views';
import { readLiveCeremony } from '../../db/ceremonies';
import { listDepartments } from '../../db/organisation';
import { readMergingCounts } from '../../db/visit-report';
import { notFound } from '../../domain/errors';
import { mergingReport } from '../../domain/visits/merging-report';
import { mergingContract as contract } from '../contract/merging';
import { implement } from '../implement';
import { columnsOf, csvAnswer } from '../tables';
import { readPublic } from './public';

export const mergingRoutes = [
  implement(contract.readMergingReport, ({ params }, { db }) => mergingReportOf(db, params.code)),

  implement(contract.downloadMergingReport, async ({ params }, { db }) => {
    const report = await mergingReportOf(db, params.code);
    return csvAnswer(CSV_COLUMNS, rowsOf(report), `${report.campaign}-merging.csv`);
  }),
];

export async function mergingReportOf(db: Knex, code: string) {
  const campaign = await readPublic(db, code);
  const ceremony = await readLiveCeremony(db, campaign.id);
  if (ceremony?.status !== 'drawn' || ceremony.seed === null) {
    throw notFound('not-drawn-yet', '还没有抽取，抽取后公布合并上门的效果。');
  }
  const { seed } = ceremony;
  const counts = await readMergingCounts(db, { ...ceremony, seed });
  const report = mergingReport(counts, seed);
  const names = new Map((await listDepartments(db)).map((one) => [one.code, one.short_name]));
  const items = new Map((await readCampaignItems(db, campaign.id)).map((item) => [item.code, item]));
  return {
    campaign: campaign.code,
    mode: campaign.mode,
    ...report,
    departments: report.departments.map((one) => ({ ...one, name: names.get(one.code) ?? one.code })),
    lines: report.lines.map((line) => {
      const item = items.get(line.item);
      return {
        ...line,
        item: { code: line.item, name: line.item === '*' ? '全部事项' : (item?.name ?? line.item) },
        department: item?.department_name ?? null,
      };
    }),
  };
}

const CSV_COLUMNS = columnsOf({
  kind: '类别',
  code: '代码',
  name: '名称',
  stratum: '分层',
  size: '检查对象总数',
  ratioPpm: '抽查比例（百万分之）',
  sample: '应抽',
  drawn: '实抽',
  met: '一致',
  visits: '合并上门',
  visitsApart: '分别上门',
  personVisits: '合并人次',
  personVisitsApart: '分别人次',
});

type Report = Awaited<ReturnType<typeof mergingReportOf>>;

/** One table for programs: the total, then the departments, then what each ratio demanded. */
const rowsOf = (report: Report) => [
  { ...figuresOf(report), kind: '合计', code: report.campaign, name: report.sentence },
  ...report.departments.map((one) => ({ ...figuresOf(one), kind: '部门', code: one.code, name: one.name })),
  ...report.lines.map(({ item, stratum, size, ratioPpm, sample, drawn, met }) => ({
    kind: '抽查比例',
    ...item,
    ...{ stratum, size, ratioPpm, sample, drawn },
    met: met ? '是' : '否',
  })),
];

const figuresOf = ({
  visits,
  visitsApart,
  personVisits,
  personVisitsApart,
}: Pick<Report, 'visits' | 'visitsApart' | 'personVisits' | 'personVisitsApart'>) => ({
  ...{ visits, visitsApart, personVisits, personVisitsApart },
});
