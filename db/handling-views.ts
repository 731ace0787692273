/** Violations and what has become of them, as lists and pages show them. */
import type { Knex } from 'knex';
import type { HandlingStatus } from '../domain/handling/course';
import type { StepFacts } from '../domain/handling/step-facts';
import type { HandlingTrack } from '../domain/visits/results';
import { ENTITY_IN_AREAS } from './areas';

export interface HandlingCaseRow {
  id: number;
  campaign_code: string;
  campaign_name: string;
  visit_id: number;
  visit_number: number;
  credit_code: string;
  entity_name: string;
  region_code: string;
  item_code: string;
  item_name: string;
  department: string;
  department_name: string;
  result_code: number;
  track: HandlingTrack;
  status: HandlingStatus;
  outcome: string | null;
  opened_at: Date;
  closed_at: Date | null;
  /** What is owed first. */
  task: string | null;
  task_department: string | null;
  task_assignee: string | null;
  due_at: string | null;
}

export interface HandlingFilter {
  id?: number;
  campaign?: string;
  visit?: number;
  /** Credit code. */
  entity?: string;
  department?: string;
  /** Start of the region codes. */
  region?: string;
  track?: HandlingTrack;
  /** `unsettled`: whatever is not closed. */
  status?: HandlingStatus | 'unsettled';
  overdueAt?: Date;
  /** Only cases of entities inside one of these areas, or that concern one of these departments where the entity is. */
  seenBy?: { areas: readonly string[]; departments: readonly { code: string; area: string }[] };
  /** Only violations of these entities. */
  entities?: readonly number[];
  /** Part of the entity's name as it is compared (`nameKey`). */
  named?: string;
  beforeId?: number;
  limit: number;
}

/** The newest first. */
export async function listHandlingCases(db: Knex, filter: HandlingFilter): Promise<HandlingCaseRow[]> {
  const { rows } = await db.raw<{ rows: HandlingCaseRow[] }>(
    `with page as materialized (
       select h.*, e.credit_code, e.name as entity_name, e.region_code, v.number as visit_number
         from handling_cases h
         join visits v on v.id = h.visit_id
         join entities e on e.id = v.entity_id
        where (cast(:id as bigint) is null or h.id = :id)
          and (cast(:campaign as text) is null or h.campaign_id = (select id from campaigns where code = :campaign))
          and (cast(:visit as bigint) is null or h.visit_id = :visit)
          and (cast(:entity as text) is null or e.credit_code = :entity)
          and (cast(:entities as bigint[]) is null or v.entity_id = any (cast(:entities as bigint[])))
          and (cast(:named as text) is null or strpos(upper(normalize(e.name, nfkc)), :named) > 0)
          and (cast(:department as text) is null or h.department_code = :department)
          and (cast(:region as text) is null or starts_with(e.region_code, :region))
          and (cast(:track as text) is null or h.track = :track)
          and (cast(:status as text) is null or h.status = :status or (:status = 'unsettled' and h.status <> 'closed'))
          and (cast(:overdue as timestamptz) is null or exists (
                select 1 from tasks t join deadlines d on d.id = t.deadline_id
                 where t.case_id = h.id and t.done_at is null and t.cancelled_at is null and d.due_at < :overdue))
          and (cast(:areas as text[]) is null or ${ENTITY_IN_AREAS} or exists (
                select 1 from unnest(cast(:departments as text[]), cast(:within as text[])) as g(code, area)
                 where starts_with(e.region_code, g.area)
                   and (g.code in (h.department_code, h.keeper_code) or exists (
                         select 1 from joint_notices j where j.case_id = h.id and j.department_code = g.code))))
          and (cast(:before as bigint) is null or h.id < :before)
        order by h.id desc limit :limit)
     select h.id, c.code as campaign_code, c.name as campaign_name, h.visit_id, h.visit_number, h.credit_code,
            h.entity_name, h.region_code, h.item_code, iv.name as item_name, h.department_code as department,
            d.short_name as department_name, h.result_code, h.track, h.status, h.outcome, h.opened_at, h.closed_at,
            o.kind as task, o.department as task_department, o.assignee as task_assignee, o.due_at
       from page h
       join campaigns c on c.id = h.campaign_id
       join visit_items vi on vi.visit_id = h.visit_id and vi.item_code = h.item_code
       join item_versions iv on iv.id = vi.item_version_id
       join departments d on d.code = h.department_code
       left join lateral (
         select t.kind, td.short_name as department, u.name as assignee, dl.due_at
           from tasks t
           join deadlines dl on dl.id = t.deadline_id
           join departments td on td.code = t.department_code
           left join users u on u.id = t.assignee_id
          where t.case_id = h.id and t.done_at is null and t.cancelled_at is null
          order by dl.due_at, t.id limit 1) o on true
      order by h.id desc`,
    {
      id: filter.id ?? null,
      campaign: filter.campaign ?? null,
      visit: filter.visit ?? null,
      entity: filter.entity ?? null,
      department: filter.department ?? null,
      region: filter.region ?? null,
      track: filter.track ?? null,
      status: filter.status ?? null,
      overdue: filter.overdueAt ?? null,
      areas: filter.seenBy ? [...filter.seenBy.areas] : null,
      departments: filter.seenBy?.departments.map((one) => one.code) ?? null,
      within: filter.seenBy?.departments.map((one) => one.area) ?? null,
      entities: filter.entities ? [...filter.entities] : null,
      named: filter.named ?? null,
      before: filter.beforeId ?? null,
      limit: filter.limit,
    },
  );
  return rows;
}

interface CaseEventRow {
  at: Date;
  kind: string;
  note: string;
  facts: StepFacts & { department?: string };
  actor: string | null;
}

/** What happened, the first thing first. */
export async function listCaseEvents(db: Knex, caseId: number): Promise<CaseEventRow[]> {
  return db('handling_events as x')
    .leftJoin('users as u', 'u.id', 'x.actor_id')
    .where('x.case_id', caseId)
    .orderBy('x.id')
    .select({ at: 'x.at', kind: 'x.kind', note: 'x.note', facts: 'x.facts', actor: 'u.name' });
}

/** The result that the case began with. */
export async function readCaseResult(
  db: Knex,
  caseId: number,
): Promise<{
  at: Date | null;
  by: string | null;
  by_id: number | null;
  opinion: string;
  published_at: Date | null;
}> {
  const { rows } = await db.raw<{
    rows: [
      {
        at: Date | null;
        by: string | null;
        by_id: number | null;
        opinion: string;
        published_at: Date | null;
      },
    ];
  }>(
    `select vi.submitted_at as at, u.name as by, vi.submitted_by as by_id, vi.opinion, v.published_at
       from handling_cases h
       join visits v on v.id = h.visit_id
       join visit_items vi on vi.visit_id = h.visit_id and vi.item_code = h.item_code
       left join users u on u.id = vi.submitted_by
      where h.id = ?`,
    [caseId],
  );
  return rows[0];
}

/** What is owed in a case, the most urgent first. */
export async function listCaseTasks(
  db: Knex,
  caseId: number,
): Promise<{ kind: string; department: string; assignee: string | null; due_at: Date }[]> {
  return db('tasks as t')
    .join('deadlines as l', 'l.id', 't.deadline_id')
    .join('departments as d', 'd.code', 't.department_code')
    .leftJoin('users as u', 'u.id', 't.assignee_id')
    .where('t.case_id', caseId)
    .whereNull('t.done_at')
    .whereNull('t.cancelled_at')
    .orderBy(['l.due_at', 't.id'])
    .select({ kind: 't.kind', department: 'd.short_name', assignee: 'u.name', due_at: 'l.due_at' });
}
