/** Which inspections of a campaign their departments' heads have approved. */
import type { Knex } from 'knex';
import { beyondSight } from './acting';
import type { Inspection } from '../domain/visits/approvals';

export interface InspectionRow extends Inspection {
  visit_id: number;
  number: number;
  entity_name: string;
  region_code: string;
  department: string;
  department_name: string;
  items: { code: string; name: string }[];
  inspectors: { code: string; name: string }[];
  note: string;
  decided_by: string | null;
  decided_at: Date | null;
  answer: string;
  answered_by_id: number | null;
  /** Users of the department's team at the visit. */
  team: number[];
  answered_by: string | null;
}

/** The same, whoever sees them: to know what is left for others. */
export const listEveryInspection: typeof listInspections = (db, filter) =>
  beyondSight(db, (all) => listInspections(all, filter));

/** By visit and department; of one department, of one visit, or after a place in that order. */
export async function listInspections(
  db: Knex,
  filter: {
    campaignId: number;
    department?: string;
    visitIds?: readonly number[];
    after?: [visitId: number, department: string];
    limit: number;
  },
): Promise<InspectionRow[]> {
  const { rows } = await db.raw<{ rows: InspectionRow[] }>(
    `with page as (
       select distinct vi.visit_id, vi.department_code from visits v join visit_items vi on vi.visit_id = v.id
        where v.campaign_id = :campaign
          and (cast(:department as text) is null or vi.department_code = :department)
          and (cast(:visits as bigint[]) is null or v.id = any (cast(:visits as bigint[])))
          and (vi.visit_id, vi.department_code collate "C") > (:afterVisit, cast(:afterDepartment as text) collate "C")
        order by vi.visit_id, vi.department_code limit :limit)
     select p.visit_id, v.number, e.name as entity_name, e.region_code, p.department_code as department,
            d.short_name as department_name, a.status, coalesce(a.note, '') as note, b.name as decided_by, a.decided_at,
            coalesce(a.answer, '') as answer, a.answered_by as answered_by_id, r.name as answered_by,
            coalesce(s.missing, 0) as missing,
            (select jsonb_agg(jsonb_build_object('code', vi.item_code, 'name', iv.name) order by vi.item_code)
               from visit_items vi join item_versions iv on iv.id = vi.item_version_id
              where vi.visit_id = p.visit_id and vi.department_code = p.department_code) as items,
            t.inspectors, t.expired, t.team
       from page p
       join visits v on v.id = p.visit_id
       join campaigns c on c.id = v.campaign_id
       join entities e on e.id = v.entity_id
       join departments d on d.code = p.department_code
       left join inspection_approvals a on a.visit_id = p.visit_id and a.department_code = p.department_code
       left join users b on b.id = a.decided_by
       left join users r on r.id = a.answered_by
       left join unfilled_slots s on s.visit_id = p.visit_id and s.department_code = p.department_code
       left join visit_days y on y.visit_id = p.visit_id and y.replaced_at is null
      cross join lateral (
        select coalesce(jsonb_agg(jsonb_build_object('code', i.code, 'name', i.name) order by i.code), '[]') as inspectors,
               coalesce(array_remove(array_agg(case when i.certificate_valid_until < coalesce(y.day, c.visit_from)
                                           then i.name end order by i.code), null), '{}') as expired,
               coalesce(jsonb_agg(i.user_id) filter (where i.user_id is not null), '[]') as team
          from assignments g join inspectors i on i.id = g.inspector_id
         where g.visit_id = p.visit_id and g.department_code = p.department_code) t
      order by p.visit_id, p.department_code`,
    {
      campaign: filter.campaignId,
      department: filter.department ?? null,
      visits: filter.visitIds ? [...filter.visitIds] : null,
      afterVisit: filter.after?.[0] ?? 0,
      afterDepartment: filter.after?.[1] ?? '',
      limit: filter.limit,
    },
  );
  return rows;
}

/** How many inspections of each department wait, are approved and returned. */
export async function countInspections(
  db: Knex,
  campaignId: number,
): Promise<{ department: string; name: string; waiting: number; approved: number; returned: number }[]> {
  const { rows } = await beyondSight(db, async (all) =>
    all.raw<{
      rows: { department: string; name: string; waiting: number; approved: number; returned: number }[];
    }>(
      `select d.code as department, d.short_name as name,
            count(*) filter (where coalesce(a.status, 'answered') = 'answered') as waiting,
            count(*) filter (where a.status = 'approved') as approved,
            count(*) filter (where a.status = 'returned') as returned
       from (select distinct vi.visit_id, vi.department_code from visits v join visit_items vi on vi.visit_id = v.id
              where v.campaign_id = ?) n
       join departments d on d.code = n.department_code
       left join inspection_approvals a on a.visit_id = n.visit_id and a.department_code = n.department_code
      group by d.code, d.short_name order by d.code`,
      [campaignId],
    ),
  );
  return rows;
}

/** Approves or returns these inspections of a department. */
export async function decideInspections(
  trx: Knex,
  visitIds: readonly number[],
  decision: { department: string; status: 'approved' | 'returned'; actorId: number; at: Date; note: string },
): Promise<void> {
  const { department, status, actorId, at, note } = decision;
  await trx.raw(
    `insert into inspection_approvals (visit_id, department_code, status, decided_by, decided_at, note)
     select id, :department, :status, :actor, :at, :note from unnest(cast(:visits as bigint[])) id
     on conflict (visit_id, department_code) do update
        set status = excluded.status, decided_by = excluded.decided_by, decided_at = excluded.decided_at,
            note = excluded.note`,
    { visits: [...visitIds], department, status, actor: actorId, at, note },
  );
}

/** A returned inspection waits again; false where it is not returned. */
export async function answerReturn(
  trx: Knex,
  visitId: number,
  answer: { department: string; text: string; actorId: number; at: Date },
): Promise<boolean> {
  const changed = await trx('inspection_approvals')
    .where({ visit_id: visitId, department_code: answer.department, status: 'returned' })
    .update({
      status: 'answered',
      answer: answer.text,
      answered_by: answer.actorId,
      answered_at: answer.at,
    });
  return changed > 0;
}

/** Who heads which department for which region. */
export async function listHeads(db: Knex): Promise<{ id: number; department: string; region: string }[]> {
  return db('user_roles as r')
    .join('users as u', 'u.id', 'r.user_id')
    .where({ 'r.role': 'approver', 'u.disabled_at': null, 'u.is_service': false })
    .orderBy('u.id')
    .select({ id: 'u.id', department: 'r.department_code', region: 'r.region_code' });
}
