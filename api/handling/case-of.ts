/** A violation as the API shows it. */
import type { Knex } from 'knex';
import { listCreditRecords } from '../../db/credit-records';
import { readHandlingPolicy } from '../../db/handling-policies';
import { readCase, stateOf, type CaseRow } from '../../db/handling';
import {
  listCaseEvents,
  listCaseTasks,
  listHandlingCases,
  readCaseResult,
  type HandlingCaseRow,
  type HandlingFilter,
} from '../../db/handling-views';
import { listJointNotices, type JointNoticeRow } from '../../db/joint-notices';
import { departmentName } from '../../db/organisation';
import { notFound } from '../../domain/errors';
import { possibleSteps, type HandlingStep } from '../../domain/handling/course';
import { holdsPost, whyNot, type CaseScope } from '../../domain/handling/may-take';
import { taskLabel } from '../../domain/notices/kinds';
import { prefixOf } from '../../domain/regions/covers';
import { areaPrefixesOf, type Actor } from '../../domain/roles';
import type { ApiContext } from '../context';
import { creditRecordOf } from './credit-record-of';

/** Who leads or oversees sees the cases of their area, everybody else those that concern their department there. */
export const seenBy = (actor: Actor): NonNullable<HandlingFilter['seenBy']> => ({
  areas: areaPrefixesOf(actor, 'supervisor', 'coordinator', 'lead_officer', 'credit_officer', 'approver'),
  departments: actor.grants.map(({ department, region }) => ({ code: department, area: prefixOf(region) })),
});

export const caseOf = (row: HandlingCaseRow, now: Date) => ({
  id: row.id,
  campaign: { code: row.campaign_code, name: row.campaign_name },
  visitId: row.visit_id,
  visitNumber: row.visit_number,
  creditCode: row.credit_code,
  entityName: row.entity_name,
  regionCode: row.region_code,
  item: { code: row.item_code, name: row.item_name },
  department: { code: row.department, name: row.department_name },
  resultCode: row.result_code,
  track: row.track,
  status: row.status,
  outcome: row.outcome,
  openedAt: row.opened_at.toISOString(),
  closedAt: row.closed_at?.toISOString() ?? null,
  next:
    row.task === null || row.due_at === null
      ? null
      : owedOf(
          {
            kind: row.task,
            department: row.task_department ?? '',
            assignee: row.task_assignee,
            due_at: new Date(row.due_at),
          },
          now,
        ),
});

const owedOf = (
  task: { kind: string; department: string; assignee: string | null; due_at: Date },
  now: Date,
) => ({
  kind: task.kind,
  title: taskLabel(task.kind),
  department: task.department,
  assignee: task.assignee,
  dueAt: task.due_at.toISOString(),
  overdue: task.due_at < now,
});

/** The case, where the actor may see it. */
export async function existingCase(db: Knex, id: number, actor: Actor): Promise<HandlingCaseRow> {
  const [row] = await listHandlingCases(db, { id, seenBy: seenBy(actor), limit: 1 });
  // Not "forbidden": that would tell that there is one.
  if (!row) throw notFound('case-not-found', `没有编号为 ${id} 的后续处理，或不在您的辖区和部门。`);
  return row;
}

export async function scopeOf(db: Knex, kept: CaseRow, step: HandlingStep): Promise<CaseScope> {
  const joint = await listJointNotices(db, kept.id);
  const status = step === 'joint-lifted' ? 'lifting' : 'issued';
  return {
    department: kept.department_code,
    keeper: kept.keeper_code ?? kept.department_code,
    region: kept.region_code,
    submittedBy: step === 'annulled' ? (await readCaseResult(db, kept.id)).by_id : kept.submitted_by,
    answering: joint.filter((one) => one.status === status).map((one) => one.department),
  };
}

export async function caseDetail({ db, now }: Pick<ApiContext, 'db' | 'now'>, id: number, actor: Actor) {
  const row = await existingCase(db, id, actor);
  const kept = await readCase(db, id);
  const [events, result, tasks, joint, credit, policy] = await Promise.all([
    listCaseEvents(db, id),
    readCaseResult(db, id),
    listCaseTasks(db, id),
    listJointNotices(db, id),
    listCreditRecords(db, { caseId: id, limit: 10 }),
    readHandlingPolicy(db),
  ]);
  const steps: HandlingStep[] = [];
  for (const step of possibleSteps(stateOf(kept))) {
    if (whyNot(actor, step, await scopeOf(db, kept, step)) === null) steps.push(step);
  }
  const found = {
    at: (result.at ?? row.opened_at).toISOString(),
    kind: 'result',
    actor: result.by,
    note: result.opinion,
    facts: {},
  };
  return {
    ...caseOf(row, now()),
    keeper:
      kept.keeper_code === null
        ? null
        : { code: kept.keeper_code, name: await departmentName(db, kept.keeper_code) },
    hearingUntil: kept.hearing_until?.toISOString() ?? null,
    listedAt: kept.listed_at?.toISOString() ?? null,
    listEndsAt: kept.list_ends_at?.toISOString() ?? null,
    repairFrom: kept.repair_from?.toISOString() ?? null,
    publishedAt: result.published_at?.toISOString() ?? null,
    owed: tasks.map((task) => owedOf(task, now())),
    timeline: [
      found,
      ...events
        .filter((event) => event.kind !== 'opened')
        .map((event) => ({ ...event, at: event.at.toISOString() })),
    ],
    joint: joint.map((one) => jointOf(one, actor, kept.region_code)),
    credit: credit.map((one) => creditRecordOf(one, actor)),
    possibleSteps: steps,
    limits: {
      rectificationDays: policy.rectificationDays,
      extensionDays: policy.extensionDays,
      suggestedDays: Math.min(15, policy.rectificationDays),
    },
  };
}

const jointOf = (row: JointNoticeRow, actor: Actor, region: string) => {
  const isOurs = holdsPost(actor, 'joint', row.department, region);
  return {
    id: row.id,
    department: { code: row.department, name: row.department_name },
    measures: row.measures,
    issuedAt: row.issued_at.toISOString(),
    status: row.status,
    taken: row.taken,
    measure: row.measure,
    actedOn: row.acted_on,
    note: row.note,
    answeredBy: row.answered_by,
    answeredAt: row.answered_at?.toISOString() ?? null,
    liftedOn: row.lifted_on,
    liftNote: row.lift_note,
    liftedAt: row.lifted_at?.toISOString() ?? null,
    mayAnswer: isOurs && row.status === 'issued',
    mayLift: isOurs && row.status === 'lifting',
  };
};
