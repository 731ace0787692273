import { listCaseEvents } from '../../db/handling-views';
import { readDepartmentNames } from '../../db/organisation';
import { dayOf } from '../../domain/deadlines/working-days';
import { notFound } from '../../domain/errors';
import { citation } from '../../domain/items/basis';
import type { Actor } from '../../domain/roles';
import type { ApiContext } from '../context';
import { caseDetail } from '../handling/case-of';
import { knownPapers } from '../visits/papers';
import type { Wanted } from './wanted';

/** The order that a case is under, or was under last (docs/handling.md). */
export async function rectificationOrderOf(
  context: ApiContext,
  id: number,
  actor: Actor,
): Promise<Wanted<'rectification-order'>> {
  const found = await caseDetail(context, id, actor);
  const order = (await listCaseEvents(context.db, id)).findLast((event) => event.kind === 'order');
  if (!order) throw notFound('no-order', '这个案件还没有下达责令改正通知书。');
  const papers = await knownPapers(context.db, found.visitId);
  const names = await readDepartmentNames(context.db);
  const opinion = found.timeline[0]?.note ?? '';
  const owed = found.status === 'rectifying' ? found.owed[0] : undefined;
  return {
    kind: 'rectification-order',
    department: found.department.code,
    fileName: `责令改正通知书-${order.facts.documentNumber ?? found.id}`,
    data: [
      {
        文号: order.facts.documentNumber ?? '',
        部门: names.get(found.department.code) ?? found.department.name,
        检查对象: found.entityName,
        统一社会信用代码: found.creditCode,
        地址: papers.address,
        任务名称: found.campaign.name,
        检查日期: papers.visit_on ?? papers.day ?? '',
        事项: found.item.name,
        发现的问题: opinion,
        依据:
          order.facts.legalBasis ??
          citation(papers.items.find((item) => item.code === found.item.code)?.bases ?? []),
        改正要求: order.note,
        改正天数: String(order.facts.days ?? ''),
        下达日期: dayOf(order.at),
        改正期限: owed ? dayOf(new Date(owed.dueAt)) : '',
        案件编号: String(found.id),
      },
    ],
  };
}
