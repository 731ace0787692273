import { countCampaign, type ResultCount } from '../../db/campaign-report';
import { readCampaign } from '../../db/campaigns';
import { COMMAND_LABELS, MODE_NAMES, STAGE_LABELS, type Command } from '../../domain/campaigns';
import { HANDLING_STATUS_LABELS } from '../../domain/handling/course';
import { formatInstant } from '../../domain/notices/format';
import { partWords } from '../../domain/policies/parts';
import type { Actor } from '../../domain/roles';
import { RESULT_LABELS, trackOf, type HandlingTrack, type ResultCode } from '../../domain/visits/results';
import { shareText } from '../../domain/oversight/figures';
import { percentText } from '../../domain/ratio-policy';
import type { ApiContext } from '../context';
import { regionNamer } from '../region-namer';
import { campaignDetail } from '../routes/campaign-detail';
import { mergingReportOf } from '../routes/merging';
import { grouped } from './numbers';
import type { Wanted } from './wanted';

/** What a campaign came to, in counts: its visits are in the lists that can be exported. */
export async function campaignReportOf(
  context: ApiContext,
  code: string,
  actor: Actor,
): Promise<Wanted<'campaign-report'>> {
  const { db, now } = context;
  const detail = await campaignDetail(context, code, actor);
  const row = await readCampaign(db, code);
  const counts = await countCampaign(db, row.id);
  const merging = detail.ceremony?.status === 'drawn' ? await mergingReportOf(db, code) : null;
  const regionOf = await regionNamer(db);
  const nameOf = (department: string) =>
    detail.departments.find((one) => one.code === department)?.name ?? department;
  const inAll = counts.results.reduce((sum, one) => sum + (one.code === null ? 0 : one.items), 0);
  return {
    kind: 'campaign-report',
    department: row.lead_department,
    fileName: `任务总结报告-${code}`,
    data: [
      {
        任务名称: detail.name,
        任务编号: detail.code,
        牵头部门: detail.leadDepartment.name,
        参与部门: detail.departments.map((one) => one.name).join('、'),
        抽查地区: detail.regions.map((region) => regionOf(region).name).join('、'),
        检查期限: `${detail.visitFrom} 至 ${detail.visitTo}`,
        抽查方式: MODE_NAMES[detail.mode],
        阶段: STAGE_LABELS[detail.stage],
        制作时间: formatInstant(now()),
        事项: detail.items.map((item) => ({
          部门: nameOf(item.department),
          名称: item.name,
          编号: item.code,
          对象数: item.population === null ? '' : grouped(item.population),
        })),
        经过: detail.timeline.flatMap(({ at, action, actor: by }) => {
          const label = COMMAND_LABELS[action.replace('campaign.', '') as Command] as string | undefined;
          return label ? [{ 时间: formatInstant(new Date(at)), 步骤: label, 办理人: by }] : [];
        }),
        抽取: (merging?.lines ?? []).map((line) => ({
          事项: line.item.name,
          层: partWords(line.stratum, (region) => regionOf(region).name),
          总数: grouped(line.size),
          比例: percentText(line.ratioPpm),
          应抽: grouped(line.sample),
          实抽: grouped(line.drawn),
        })),
        合并效果: merging?.sentence ?? '',
        检查户数: grouped(detail.visits),
        完成户数: grouped(detail.visitsFinished),
        完成率: detail.visits === 0 ? '' : shareText(detail.visitsFinished / detail.visits),
        公示户数: grouped(counts.published),
        人员空缺: grouped(detail.ceremony?.unfilledSlots ?? 0),
        合计: [resultsOf(counts.results)],
        部门结果: counts.visits.map(({ department, visits }) => ({
          部门: nameOf(department),
          户数: grouped(visits),
          ...resultsOf(counts.results.filter((one) => one.department === department)),
        })),
        结果分布: Object.entries(RESULT_LABELS).flatMap(([result, words]) => {
          const items = sumOf(counts.results, (of) => of === (Number(result) as ResultCode));
          return items === 0 ? [] : [{ 结果: words, 次数: grouped(items), 占比: shareText(items / inAll) }];
        }),
        案件: counts.cases.map(({ status, cases }) => ({
          状态: HANDLING_STATUS_LABELS[status],
          件数: grouped(cases),
        })),
        逾期任务: grouped(detail.overdueTasks),
      },
    ],
  };
}

const sumOf = (results: readonly ResultCount[], counts: (code: number | null) => boolean): number =>
  results.reduce((sum, one) => sum + (counts(one.code) ? one.items : 0), 0);

function resultsOf(results: readonly ResultCount[]) {
  const leadsTo = (track: HandlingTrack | null) => (code: number | null) =>
    code !== null && trackOf(code as ResultCode) === track;
  const isFine = leadsTo(null);
  const isOrdered = leadsTo('rectification');
  return {
    已录入: grouped(sumOf(results, (code) => code !== null)),
    未发现问题: grouped(sumOf(results, isFine)),
    责令改正: grouped(sumOf(results, isOrdered)),
    其他问题: grouped(sumOf(results, (code) => code !== null && !isFine(code) && !isOrdered(code))),
    未录入: grouped(sumOf(results, (code) => code === null)),
  };
}
