/** The days that departments propose and agree on for their visits. */
import type { Knex } from 'knex';
import { beyondSight } from './acting';
import { ENTITY_IN_AREAS } from './areas';
import type { Stage } from '../domain/campaigns';
import type { DayPart, InspectorDay } from '../domain/visits/visit-days';
import { groupBy } from '../domain/group-by';
import { delegationInForce } from './delegations';

export interface VisitPlanRow {
  id: number;
  number: number;
  entity_id: number;
  entity_name: string;
  campaign_id: number;
  campaign_code: string;
  stage: Stage;
  lead_department: string;
  visit_from: string;
  visit_to: string;
  visit_on: string | null;
  finished_at: Date | null;
  departments: string[];
}

/** What a visit's day depends on. */
export async function readVisitPlan(db: Knex, id: number): Promise<VisitPlanRow | null> {
  const { rows } = await db.raw<{ rows: VisitPlanRow[] }>(
    `select v.id, v.number, v.entity_id, e.name as entity_name, v.campaign_id, c.code as campaign_code, c.stage,
            c.lead_department, c.visit_from, c.visit_to, v.visit_on, v.finished_at,
            array(select distinct department_code from visit_items where visit_id = v.id order by 1) as departments
       from visits v join campaigns c on c.id = v.campaign_id join entities e on e.id = v.entity_id
      where v.id = ?`,
    [id],
  );
  return rows[0] ?? null;
}

export interface ProposedDayRow {
  id: number;
  number: number;
  day: string;
  part: DayPart;
  reason: string;
  proposed_by: string;
  department: string;
  proposed_at: Date;
  fixed_at: Date | null;
  replaced_at: Date | null;
  agreements: { department: string; by: string; at: string }[];
}

/** All that were proposed, the one that stands first. */
export async function listProposedDays(db: Knex, visitId: number): Promise<ProposedDayRow[]> {
  const { rows } = await db.raw<{ rows: ProposedDayRow[] }>(
    `select d.id, d.number, d.day, d.part, d.reason, u.name as proposed_by, d.department_code as department,
            d.proposed_at, d.fixed_at, d.replaced_at,
            (select coalesce(jsonb_agg(jsonb_build_object('department', a.department_code, 'by', p.name,
                      'at', a.agreed_at) order by a.agreed_at, a.department_code), '[]')
               from visit_day_agreements a join users p on p.id = a.agreed_by where a.visit_day_id = d.id) as agreements
       from visit_days d join users u on u.id = d.proposed_by
      where d.visit_id = ? order by d.number desc`,
    [visitId],
  );
  return rows;
}

export interface NewProposal {
  visitId: number;
  number: number;
  day: string;
  part: DayPart;
  reason: string;
  actorId: number;
  /** For which the proposer agrees as well; the first is named as the proposer's. */
  departments: readonly string[];
  at: Date;
}

/** Takes the place of what was proposed before. */
export async function insertProposal(trx: Knex, proposal: NewProposal): Promise<number> {
  const { visitId, number, day, part, reason, actorId, departments, at } = proposal;
  await trx('visit_days').where({ visit_id: visitId }).whereNull('replaced_at').update({ replaced_at: at });
  const [row] = await trx('visit_days')
    .insert({
      ...{ visit_id: visitId, number, day, part, reason, proposed_by: actorId, proposed_at: at },
      department_code: departments[0],
    })
    .returning<{ id: number }[]>('id');
  if (!row) throw new Error('an inserted proposal has an id');
  await insertAgreements(trx, row.id, departments, { actorId, at });
  return row.id;
}

export async function insertAgreements(
  trx: Knex,
  proposalId: number,
  departments: readonly string[],
  by: { actorId: number; at: Date },
): Promise<void> {
  await trx('visit_day_agreements')
    .insert(
      departments.map((department) => ({
        visit_day_id: proposalId,
        department_code: department,
        agreed_by: by.actorId,
        agreed_at: by.at,
      })),
    )
    .onConflict(['visit_day_id', 'department_code'])
    .ignore();
}

export async function fixDay(trx: Knex, proposalId: number, at: Date): Promise<void> {
  await trx('visit_days').where({ id: proposalId }).update({ fixed_at: at });
}

export interface VisitOnDay {
  visit: number;
  day: string;
}

/** Teams of visits as a day finds each, with the other visits that are set for that day; by the visit's id. */
export async function readTeamsOn(
  db: Knex,
  visits: readonly VisitOnDay[],
): Promise<Map<number, InspectorDay[]>> {
  if (visits.length === 0) return new Map();
  // Inspectors who go elsewhere that day, and who is away, whoever's visits those are.
  const { rows } = await beyondSight(db, async (all) =>
    all.raw<{ rows: (InspectorDay & { ofVisit: number })[] }>(
      `select w.visit as "ofVisit", i.code, i.name, a.department_code as department,
            i.certificate_valid_until as "certificateValidUntil", i.status,
            exists (select 1 from delegations g where g.user_id = i.user_id and ${delegationInForce('w.day')}) as "isAway",
            (select coalesce(jsonb_agg(jsonb_build_object('visit', v.number, 'campaign', c.name, 'entity', e.name,
                      'part', d.part) order by d.part, v.id), '[]')
               from assignments b
               join visits v on v.id = b.visit_id and v.id <> w.visit and v.finished_at is null
               join visit_days d on d.visit_id = v.id and d.replaced_at is null and d.day = w.day
               join campaigns c on c.id = v.campaign_id
               join entities e on e.id = v.entity_id
              where b.inspector_id = i.id) as others
       from jsonb_to_recordset(cast(:visits as jsonb)) as w (visit bigint, day date)
       join assignments a on a.visit_id = w.visit join inspectors i on i.id = a.inspector_id
      order by w.visit, a.department_code, i.code`,
      { visits: JSON.stringify(visits) },
    ),
  );
  return groupBy(rows, ({ ofVisit }) => ofVisit);
}

/** The same of one visit. */
export const readTeamOn = async (db: Knex, visit: number, day: string): Promise<InspectorDay[]> =>
  (await readTeamsOn(db, [{ visit, day }])).get(visit) ?? [];

export interface NearbyVisit {
  campaign: string;
  campaign_name: string;
  number: number;
  day: string | null;
  part: DayPart | null;
  visit_from: string;
  visit_to: string;
}

/** What other campaigns still have to visit at the same entity (综合查一次: what can be joined is not done twice). */
export async function listNearbyVisits(
  db: Knex,
  visit: Pick<VisitPlanRow, 'id' | 'entity_id'>,
): Promise<NearbyVisit[]> {
  const { rows } = await beyondSight(db, async (all) =>
    all.raw<{ rows: NearbyVisit[] }>(
      `select c.code as campaign, c.name as campaign_name, v.number, d.day, d.part, c.visit_from, c.visit_to
       from visits v join campaigns c on c.id = v.campaign_id
       left join visit_days d on d.visit_id = v.id and d.replaced_at is null
      where v.entity_id = :entity and v.id <> :id and v.finished_at is null
        and c.stage in ('drawn', 'dispatched', 'under_way')
      order by d.day nulls last, v.id limit 10`,
      { entity: visit.entity_id, id: visit.id },
    ),
  );
  return rows;
}

/** Who is told of the visit's day: its inspectors with a login, and liaisons of departments without one. */
export async function readVisitPeople(db: Knex, visitId: number): Promise<number[]> {
  const { rows } = await db.raw<{ rows: { id: number }[] }>(
    `select distinct u.id from users u
      where u.disabled_at is null and not u.is_service and (
        u.id in (select i.user_id from assignments a join inspectors i on i.id = a.inspector_id
                  where a.visit_id = :visit)
        or u.id in (select r.user_id from user_roles r
                     join (select distinct department_code from visit_items where visit_id = :visit) vi
                       on vi.department_code = r.department_code
                    where r.role = 'liaison' and not exists (
                      select 1 from assignments a join inspectors i on i.id = a.inspector_id
                       where a.visit_id = :visit and a.department_code = r.department_code and i.user_id is not null)))
      order by u.id`,
    { visit: visitId },
  );
  return rows.map((row) => row.id);
}

export interface PlannedVisitRow {
  id: number;
  number: number;
  campaign_code: string;
  campaign_name: string;
  entity_name: string;
  region_code: string;
  address: string;
  day: string | null;
  part: DayPart | null;
  fixed: boolean;
  proposals: number;
  changed_at: Date | null;
  visit_from: string;
  visit_to: string;
  finished_at: Date | null;
  inspectors: { code: string; name: string; department: string }[];
}

/** Whose visits: those of an inspector's login, and those of departments. */
export interface PlannedFor {
  userId: number;
  departments: readonly string[];
  /** Where the departments' visits are meant: starts of region codes. */
  areas: readonly string[];
}

const PLANNED = `
  select v.id, v.number, c.code as campaign_code, c.name as campaign_name, e.name as entity_name, e.region_code,
         e.address, coalesce(d.day, v.visit_on) as day, d.part, d.fixed_at is not null as fixed,
         coalesce(d.number, 0) as proposals,
         greatest(d.proposed_at, d.fixed_at, v.finished_at) as changed_at, c.visit_from, c.visit_to, v.finished_at,
         (select coalesce(jsonb_agg(jsonb_build_object('code', i.code, 'name', i.name, 'department', a.department_code)
                   order by a.department_code, i.code), '[]')
            from assignments a join inspectors i on i.id = a.inspector_id where a.visit_id = v.id) as inspectors
    from visits v
    join campaigns c on c.id = v.campaign_id
    join entities e on e.id = v.entity_id
    left join visit_days d on d.visit_id = v.id and d.replaced_at is null
   where c.stage not in ('drawn', 'cancelled')
     and (v.id = any (array(select a.visit_id from assignments a join inspectors i on i.id = a.inspector_id
                             where i.user_id = :user))
          or ${ENTITY_IN_AREAS} and exists (select 1 from visit_items vi where vi.visit_id = v.id
                        and vi.department_code = any (cast(:departments as text[]))))`;

/** Visits with a day in a period, by day. */
export async function listPlannedVisits(
  db: Knex,
  { userId, departments, areas }: PlannedFor,
  period: { from: string; to: string; limit: number },
): Promise<PlannedVisitRow[]> {
  const { rows } = await db.raw<{ rows: PlannedVisitRow[] }>(
    `${PLANNED} and coalesce(d.day, v.visit_on) between cast(:from as date) and cast(:to as date)
      order by coalesce(d.day, v.visit_on), array_position(array['day', 'morning', 'afternoon'], d.part), v.id
      limit :limit`,
    { user: userId, departments: [...departments], areas: [...areas], ...period },
  );
  return rows;
}

/** Visits that are owed and have no day yet, those whose time ends first at the top. */
export async function listUnplannedVisits(
  db: Knex,
  { userId, departments, areas }: PlannedFor,
  limit: number,
): Promise<PlannedVisitRow[]> {
  const { rows } = await db.raw<{ rows: PlannedVisitRow[] }>(
    `${PLANNED} and v.finished_at is null and v.visit_on is null and d.id is null
      order by c.visit_to, v.id limit :limit`,
    { user: userId, departments: [...departments], areas: [...areas], limit },
  );
  return rows;
}
