import type { Knex } from 'knex';
import { readVisitScope } from '../../db/evidence';
import { readDepartmentNames } from '../../db/organisation';
import { dayOf } from '../../domain/deadlines/working-days';
import type { Actor } from '../../domain/roles';
import { dayText } from '../../domain/visits/visit-days';
import { papersOf } from '../visits/papers';
import { seenVisit } from '../visits/seen-visit';
import type { Wanted } from './wanted';

/** What the entity holds in hand: known only when the notice has just been issued. */
export interface IssuedCode {
  code: string;
  url: string;
}

/** The notice of a visit, by the lead department's template. */
export async function noticeOf(
  db: Knex,
  id: number,
  { actor, now, issued }: { actor: Actor; now: Date; issued: IssuedCode | null },
): Promise<Wanted<'notice'>> {
  await seenVisit(db, id, actor);
  const papers = await papersOf(db, id, actor);
  const lead = (await readVisitScope(db, id))?.leadDepartment ?? null;
  const names = await readDepartmentNames(db);
  const { campaign, entity, departments, visitsOfYear, window, day, part } = papers;
  const number = `${campaign.code}-${papers.number}`;
  return {
    kind: 'notice',
    department: lead,
    fileName: `行政检查通知书-${number}`,
    data: [
      {
        编号: number,
        任务名称: campaign.name,
        牵头部门: names.get(lead ?? '') ?? '',
        检查对象: entity.name,
        统一社会信用代码: entity.creditCode,
        地址: entity.address,
        检查时间: day === null ? '' : part === null ? day : dayText(day, part),
        最早日期: window.from,
        最晚日期: window.to,
        检查事项: departments.flatMap(({ department, items }) =>
          items.map((item) => ({
            部门: department.name,
            事项: item.name,
            内容: item.content,
            依据: item.bases.join('、'),
          })),
        ),
        检查人员: departments.flatMap(({ department, inspectors }) =>
          inspectors.map((one) => ({ 部门: department.name, 姓名: one.name, 执法证号: one.certificate })),
        ),
        年度: String(visitsOfYear.year),
        年度次数: String(visitsOfYear.visits),
        年度上限: visitsOfYear.cap === null ? '' : String(visitsOfYear.cap),
        编码: issued?.code ?? '',
        扫码地址: issued?.url ?? '',
        制作日期: dayOf(now),
      },
    ],
  };
}
