import type { Knex } from 'knex';
import type { z } from 'zod';
import { lockAnnualPlan } from '../../db/annual-plans';
import { lockCampaign } from '../../db/campaigns';
import { ensureDeadline, readCalendar, type DeadlineOwner } from '../../db/deadlines';
import { tellAtOnce } from '../../db/notices';
import { departmentName, listDepartments } from '../../db/organisation';
import { usersWith } from '../../db/recipients';
import {
  addOrderTasks,
  addresseesOf,
  insertOrder,
  openRound,
  openTasksAmong,
  type NewOrder,
  type UrgingOrderRow,
} from '../../db/urging-orders';
import { STAGE_LABELS, type Stage } from '../../domain/campaigns';
import { dayOf, instantOf } from '../../domain/deadlines/working-days';
import { conflict, forbidden, invalid } from '../../domain/errors';
import { formatInstant } from '../../domain/notices/format';
import { areaPrefixesOf, reachesRegions, type Actor } from '../../domain/roles';
import type { urgingOrderBody } from '../schemas/urging-orders';

type OrderBody = z.output<typeof urgingOrderBody>;

/** An order by hand: number, tasks concerned, the answer that is owed, and who hears of it. */
export async function issueOrder(trx: Knex, body: OrderBody, actor: Actor, now: Date): Promise<string> {
  const { department, demand, answerBy } = body;
  assertAnswerDay(answerBy, now);
  const owner = await ownerOf(trx, { campaign_code: body.campaign, plan_year: body.planYear });
  const owed: NewOrder['owner'] = 'year' in owner ? { planYear: owner.year } : { campaignId: owner.id };
  const region = (await listDepartments(trx)).find((one) => one.code === department)?.region_code;
  if (region === undefined) throw wrong('department', '没有这个部门，请选择名单中的部门');
  await assertInCharge(trx, { body, actor, owed, regions: 'year' in owner ? [region] : owner.region_codes });
  const people = await addresseesOf(trx, department);
  const addresseeId = body.addressee ?? people[0]?.id ?? null;
  if (body.addressee !== null && !people.some(({ id }) => id === body.addressee))
    throw wrong('addressee', '该部门没有这位联络员、经办人或负责人，请重新选择');

  const order = await insertOrder(trx, {
    ...{ year: dayOf(now).slice(0, 4), owner: owed, department, addresseeId, demand, now },
    issuedBy: actor.id,
  });
  await addOrderTasks(trx, order.id, body.tasks);
  const deadline = await ensureDeadline(
    trx,
    owner,
    await readCalendar(trx),
    instantOf(answerBy, '23:59:59'),
    'answer-urging',
    0,
  );
  await openRound(
    trx,
    { ...order, owner: owed, department, addresseeId, now },
    { round: 1, deadlineId: deadline.id },
  );
  const heads = await usersWith(trx, { role: 'approver', department });
  const liaisons = await usersWith(trx, { role: 'liaison', department });
  await tellAtOnce(trx, [
    {
      key: `urging-order/${order.number}`,
      kind: 'urging-order',
      campaignId: 'year' in owner ? null : owner.id,
      recipients: [...new Set([...(addresseeId === null ? [] : [addresseeId]), ...liaisons, ...heads])],
      params: {
        department: await departmentName(trx, department),
        order: order.number,
        demand,
        due: formatInstant(deadline.dueAt),
      },
      at: now,
    },
  ]);
  return order.number;
}

export function assertAnswerDay(day: string, now: Date): void {
  if (day < dayOf(now)) throw wrong('answerBy', '答复期限不能早于今天');
}

/** Before there is anything to watch, and after all is done, nobody watches the campaign's deadlines. */
const UNWATCHED: readonly Stage[] = ['draft', 'submitted', 'returned', 'approved', 'closed', 'cancelled'];

/** Whose deadlines the order's answer is watched with. */
export async function ownerOf(
  trx: Knex,
  { campaign_code: code, plan_year: year }: Pick<UrgingOrderRow, 'campaign_code' | 'plan_year'>,
): Promise<DeadlineOwner & ({ year: number } | { id: number; region_codes: string[] })> {
  if (code === null) {
    const plan = await lockAnnualPlan(trx, year ?? 0);
    if (plan.stage !== 'published')
      throw conflict('annual-plan-stage', `${plan.year} 年度抽查计划尚未公布，不能就其督办。`);
    return plan;
  }
  const campaign = await lockCampaign(trx, code);
  if (UNWATCHED.includes(campaign.stage))
    throw conflict(
      'campaign-stage',
      `任务当前为“${STAGE_LABELS[campaign.stage]}”，冻结名录以后、办结以前才能就其督办；其他事项可就年度计划督办。`,
    );
  return campaign;
}

/** Supervision is in charge of all that the campaign reaches; elsewhere, of tasks in its own area. */
async function assertInCharge(
  trx: Knex,
  scene: { body: OrderBody; actor: Actor; owed: NewOrder['owner']; regions: readonly string[] },
): Promise<void> {
  const { body, actor, owed, regions } = scene;
  const tasks = [...new Set(body.tasks)];
  if (tasks.length < body.tasks.length) throw wrong('tasks', '同一项任务不能选两次');
  const isOfWhole = reachesRegions(actor, regions, 'supervisor');
  if (tasks.length === 0) {
    if (!isOfWhole)
      throw forbidden('other-area', '该任务超出您督查的地区：请只选择本地区的任务，或由上级督查机构下达。');
    return;
  }
  const areas = isOfWhole ? [''] : areaPrefixesOf(actor, 'supervisor');
  const found = await openTasksAmong(trx, tasks, { owner: owed, department: body.department, areas });
  if (found.length < tasks.length)
    throw wrong(
      'tasks',
      `其中 ${tasks.length - found.length} 项不是该部门在这里的未办任务，或不在您督查的地区，请重新选择`,
    );
}

const wrong = (field: string, message: string) =>
  invalid('urging-order', `${message}。`, [{ field, message }]);
