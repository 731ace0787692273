/** What a step of a violation's handling changes beside its state: the list, the credit record, other departments' tasks. */
import type { Knex } from 'knex';
import { endCredit, recordCredit, correctCredit, type CreditKind } from '../db/credit-records';
import { readCalendar } from '../db/deadlines';
import { addFlag, handFlagOn, removeFlag } from '../db/entity-flags';
import { addEvent, type CaseChange, type CaseRow } from '../db/handling';
import { answerJointNotice, endJointNotices, issueJointNotice, liftMeasure } from '../db/joint-notices';
import { cancelTask, finishTask } from '../db/tasks';
import { dueAfter } from '../domain/deadlines/due';
import { dayOf } from '../domain/deadlines/working-days';
import { conflict } from '../domain/errors';
import { isList, type HandlingState, type HandlingStep, type List } from '../domain/handling/course';
import { monthsAfter, type HandlingPolicy } from '../domain/handling/policy';
import type { StepFacts } from '../domain/handling/step-facts';
import { RESULT_LABELS, type ResultCode } from '../domain/visits/results';
import { oweElsewhere, type Owing } from './case-tasks';

export interface Step {
  step: HandlingStep;
  key: string;
  note: string;
  facts: StepFacts;
}

interface Effect {
  change: CaseChange;
  /** Other deadlines of what is owed next than the usual ones. */
  due?: { rectify?: { from: Date; amount: number }; hear?: { from: Date; amount: number } };
}

const FLAG_OF = { 'abnormal-list': 'abnormal-operations', 'serious-list': 'serious-violation' } as const;

export async function effectOf(
  trx: Knex,
  owing: Owing,
  given: Step,
  after: HandlingState,
  policy: HandlingPolicy,
): Promise<Effect> {
  const { row, campaign, now, actorId } = owing;
  const { step, facts, note } = given;
  switch (step) {
    case 'order':
      return { change: {}, due: { rectify: { from: now, amount: facts.days ?? 1 } } };
    case 'extension-requested':
      return { change: { submitted_by: actorId, extension_days: facts.days ?? null } };
    case 'extension-approved': {
      const from = await dueOf(trx, row.id, 'rectify');
      return {
        change: { submitted_by: null },
        due: { rectify: { from: from ?? now, amount: row.extension_days ?? 1 } },
      };
    }
    case 'extension-refused':
      return { change: { submitted_by: null } };
    case 'recheck-passed':
      await credit(trx, owing, policy, 'rectified', note, '');
      return { change: {} };
    case 'penalty': {
      const amount = facts.amountYuan === undefined ? '' : `，${facts.amountYuan} 元`;
      await credit(
        trx,
        owing,
        policy,
        'penalty',
        `${facts.documentNumber ?? ''}${amount}`,
        facts.legalBasis ?? '',
      );
      return { change: {} };
    }
    case 'decided':
      await credit(trx, owing, policy, 'settled', note, '');
      return { change: {} };
    case 'proposed': {
      const list = row.track as List;
      const calendar = await readCalendar(trx);
      const until = dueAfter(campaign.deadline_policy, calendar, now, policy.hearingDays).at;
      return {
        change: {
          submitted_by: actorId,
          keeper_code: policy.keepers[list] ?? row.department_code,
          hearing_until: list === 'serious-list' ? until : null,
        },
        ...(list === 'serious-list'
          ? { due: { hear: { from: until, amount: campaign.deadline_policy.durations.answer } } }
          : {}),
      };
    }
    case 'listing-approved':
      return { change: await enter(trx, owing, note, policy) };
    case 'listing-refused':
    case 'repair-refused':
      return { change: { submitted_by: null } };
    case 'repair-requested':
      return { change: { submitted_by: actorId } };
    case 'repair-approved':
    case 'term-ended':
      await leave(trx, owing);
      return { change: { submitted_by: null } };
    case 'annulled': {
      if (row.flag && ['listed', 'repair-requested'].includes(row.status)) await leave(trx, owing);
      await correctCredit(trx, { case_id: row.id }, { reason: note, actorId: actorId ?? 0, at: now });
      return { change: { submitted_by: null } };
    }
    case 'joint-answered':
      await answer(trx, owing, given);
      return { change: {} };
    case 'joint-lifted':
      await lift(trx, owing, given);
      return { change: {} };
    default:
      return { change: after.track === row.track ? {} : { track: after.track } };
  }
}

/** The entity is on the list from now on: its flag, its credit record, the departments that are to act. */
async function enter(trx: Knex, owing: Owing, note: string, policy: HandlingPolicy): Promise<CaseChange> {
  const { row, campaign, now } = owing;
  if (!isList(row.track)) throw new Error(`case ${row.id} is about no list`);
  const list = row.track;
  const flag = FLAG_OF[list];
  const term = policy.termMonths[list];
  const endsAt = term === null ? null : monthsAfter(campaign.deadline_policy, now, term);
  const added = await addFlag(trx, { entityId: row.entity_id, caseId: row.id, flag, at: now });
  await recordCredit(trx, {
    caseId: row.id,
    entityId: row.entity_id,
    kind: flag,
    what: `${RESULT_LABELS[row.result_code as ResultCode]}（${row.item_name}）`,
    basis: note,
    department: row.keeper_code ?? row.department_code,
    on: dayOf(now),
    until: endsAt && dayOf(endsAt),
  });
  const told = new Map<string, string[]>();
  for (const one of policy.measures) {
    if (one.list === list) told.set(one.department, [...(told.get(one.department) ?? []), one.measure]);
  }
  for (const [department, measures] of told) {
    const text = measures.join('；');
    const noticeId = await issueJointNotice(trx, { caseId: row.id, department, measures: text, at: now });
    await addEvent(trx, row.id, {
      key: `joint-issued/${noticeId}`,
      kind: 'joint-issued',
      note: text,
      facts: { department },
      actorId: null,
      at: now,
    });
    await oweElsewhere(trx, owing, { kind: 'joint-measure', department, noticeId });
  }
  return {
    submitted_by: null,
    listed_at: now,
    list_ends_at: endsAt,
    repair_from: monthsAfter(campaign.deadline_policy, now, policy.repairMonths[list]),
    flag,
    flag_added: added,
  };
}

/** The entity is off the list from now on; the departments that acted are told to undo it. */
async function leave(trx: Knex, owing: Owing): Promise<void> {
  const { row, now } = owing;
  if (!row.flag) throw new Error(`case ${row.id} has listed nobody`);
  const change = { entityId: row.entity_id, caseId: row.id, flag: row.flag, at: now };
  // What the credit office declared by its files is its own to end.
  if (row.flag_added && !(await handFlagOn(trx, change))) await removeFlag(trx, change);
  await endCredit(trx, row.id, row.flag, dayOf(now));
  const { lifting, withdrawn } = await endJointNotices(trx, row.id);
  for (const id of withdrawn) await cancelTask(trx, `joint-measure/${id}`, now);
  for (const { id, department } of lifting)
    await oweElsewhere(trx, owing, { kind: 'lift-measure', department, noticeId: id });
}

async function answer(trx: Knex, { actorId, now }: Owing, { facts, note }: Step): Promise<void> {
  const id = facts.noticeId ?? 0;
  const taken = facts.taken === true;
  const isOpen = await answerJointNotice(trx, id, {
    taken,
    measure: taken ? (facts.measure ?? '') : '',
    actedOn: taken ? (facts.actedOn ?? null) : null,
    note,
    actorId: actorId ?? 0,
    at: now,
  });
  if (!isOpen) throw conflict('joint-answered', '这份联合惩戒通知已经反馈。');
  await finishTask(trx, `joint-measure/${id}`, { at: now, by: actorId });
}

async function lift(trx: Knex, { actorId, now }: Owing, { facts, note }: Step): Promise<void> {
  const id = facts.noticeId ?? 0;
  const isOpen = await liftMeasure(trx, id, {
    on: facts.actedOn ?? dayOf(now),
    note,
    actorId: actorId ?? 0,
    at: now,
  });
  if (!isOpen) throw conflict('joint-lifted', '这份联合惩戒通知没有待解除的措施。');
  await finishTask(trx, `lift-measure/${id}`, { at: now, by: actorId });
}

async function credit(
  trx: Knex,
  { row, campaign, now }: Owing,
  policy: HandlingPolicy,
  kind: CreditKind,
  what: string,
  basis: string,
): Promise<void> {
  await recordCredit(trx, {
    caseId: row.id,
    entityId: row.entity_id,
    kind,
    what: `${RESULT_LABELS[row.result_code as ResultCode]}（${row.item_name}）：${what}`,
    basis,
    department: row.department_code,
    on: dayOf(now),
    until: dayOf(monthsAfter(campaign.deadline_policy, now, policy.countsMonths)),
  });
}

/** Until when a case's open task of a kind may be done. */
async function dueOf(trx: Knex, caseId: CaseRow['id'], kind: string): Promise<Date | null> {
  const row = await trx('tasks as t')
    .join('deadlines as d', 'd.id', 't.deadline_id')
    .where({ 't.case_id': caseId, 't.kind': kind })
    .whereNull('t.done_at')
    .whereNull('t.cancelled_at')
    .first<{ due_at: Date } | undefined>('d.due_at');
  return row?.due_at ?? null;
}
