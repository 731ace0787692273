import { appendAudit } from '../../db/audit';
import { listInspectors } from '../../db/inspectors';
import { addTraining, listTrainings, withdrawTraining, type TrainingRow } from '../../db/trainings';
import { dayOf } from '../../domain/deadlines/working-days';
import { conflict, forbidden, invalid, notFound, type FieldProblem } from '../../domain/errors';
import { actsForDepartment } from '../../domain/permissions/records';
import type { Actor } from '../../domain/roles';
import { trainingsContract as contract } from '../contract/trainings';
import { implement } from '../implement';

export const trainingRoutes = [
  implement(contract.enterTraining, async ({ params, body, actor, address, requestId }, { db, now }) => {
    const [inspector] = await listInspectors(db, { code: params.code, limit: 1 });
    if (!inspector) throw notFound('inspector-not-found', `名录库中没有编号为“${params.code}”的执法人员。`);
    if (!actsForDepartment(actor, inspector.department_code)) throw otherDepartment();
    assertDays(body, dayOf(now()));
    const id = await db.transaction(async (trx) => {
      const { topic, heldOn, hours, validUntil } = body;
      const added = await addTraining(trx, {
        ...{ inspector_id: inspector.id, topic, held_on: heldOn, hours, valid_until: validUntil },
        ...{ actorId: actor.id, at: now() },
      });
      if (added === null)
        throw conflict(
          'training-exists',
          `${inspector.name} ${heldOn} 的“${topic}”已经登记；登记有误的，请先撤销再重新登记。`,
        );
      await appendAudit(trx, {
        ...{ actorId: actor.id, action: 'training.enter', subject: `inspector/${inspector.code}` },
        ...{ address, requestId, after: body },
      });
      return added;
    });
    const [row] = await listTrainings(db, { id });
    if (!row) throw new Error('a training that was just entered is on record');
    return trainingOf(row, actor);
  }),

  implement(contract.withdrawTraining, async ({ params, body, actor, address, requestId }, { db, now }) => {
    const read = async () => (await listTrainings(db, { id: params.id }))[0];
    const row = await read();
    if (!row) throw notFound('training-not-found', `没有编号为 ${params.id} 的培训记录。`);
    if (!actsForDepartment(actor, row.department)) throw otherDepartment();
    await db.transaction(async (trx) => {
      const withdrawal = { actorId: actor.id, reason: body.reason, at: now() };
      if (!(await withdrawTraining(trx, row.id, withdrawal)))
        throw conflict('training-withdrawn', '这条培训记录已经撤销。');
      await appendAudit(trx, {
        ...{ actorId: actor.id, action: 'training.withdraw', subject: `inspector/${row.inspector}` },
        ...{ address, requestId, after: { training: row.id, topic: row.topic, reason: body.reason } },
      });
    });
    return trainingOf((await read()) ?? row, actor);
  }),
];

const otherDepartment = () => forbidden('other-department', '只能登记或撤销本部门执法人员的培训。');

function assertDays({ heldOn, validUntil }: { heldOn: string; validUntil: string }, today: string): void {
  const problems: FieldProblem[] = [];
  if (heldOn > today)
    problems.push({
      field: 'heldOn',
      message: `培训日期 ${heldOn} 还没有到：请在培训结束后登记（今天是 ${today}）。`,
    });
  if (validUntil < heldOn)
    problems.push({
      field: 'validUntil',
      message: `有效期至 ${validUntil} 早于培训日期 ${heldOn}：请改为培训当天或以后。`,
    });
  if (problems.length > 0)
    throw invalid('training-days', problems.map((problem) => problem.message).join(''), problems);
}

export const trainingOf = (row: TrainingRow, actor: Actor) => ({
  id: row.id,
  inspector: row.inspector,
  topic: row.topic,
  heldOn: row.held_on,
  hours: row.hours,
  validUntil: row.valid_until,
  enteredBy: row.entered_by,
  enteredAt: row.entered_at.toISOString(),
  withdrawnBy: row.withdrawn_by,
  withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
  withdrawalReason: row.withdrawal_reason,
  mayWithdraw: row.withdrawn_at === null && actsForDepartment(actor, row.department),
});
