/** Results of visits, written by thousands an hour straight from the API: one transaction each. */
import type { Knex } from 'knex';
import { beyondSight } from './acting';
import type { Stage } from '../domain/campaigns';
import type { Method } from '../domain/visits/methods';

export interface LockedVisit {
  id: number;
  number: number;
  campaign_id: number;
  campaign_code: string;
  stage: Stage;
  visit_from: string;
  demands_approval: boolean;
  visit_on: string | null;
  finished_at: Date | null;
}

/** The visit, locked: its departments hand in their results one after the other. */
export async function lockVisit(trx: Knex, id: number): Promise<LockedVisit | null> {
  const { rows } = await trx.raw<{ rows: LockedVisit[] }>(
    `select v.id, v.number, v.campaign_id, c.code as campaign_code, c.stage, c.visit_from, c.demands_approval, v.visit_on, v.finished_at
       from visits v join campaigns c on c.id = v.campaign_id
      where v.id = ? for no key update of v`,
    [id],
  );
  return rows[0] ?? null;
}

export interface VisitItemState {
  item_code: string;
  department_code: string;
  result_code: number | null;
  opinion: string;
  answers: Record<string, unknown>;
  /** How it was inspected. */
  method: Method | null;
  methods: Method[];
}

export async function readVisitItems(db: Knex, visitId: number): Promise<VisitItemState[]> {
  return db('visit_items as vi')
    .join('item_versions as iv', 'iv.id', 'vi.item_version_id')
    .where('vi.visit_id', visitId)
    .orderBy('vi.item_code')
    .select({
      item_code: 'vi.item_code',
      department_code: 'vi.department_code',
      result_code: 'vi.result_code',
      opinion: 'vi.opinion',
      answers: 'vi.answers',
      method: 'vi.method',
      methods: 'iv.methods',
    });
}

/** The inspector that a user is, with whether they are of the visit's team. */
export async function readTeamMember(
  db: Knex,
  visitId: number,
  userId: number,
): Promise<{ department: string; assigned: boolean; certificate_valid_until: string } | null> {
  const { rows } = await db.raw<{
    rows: { department: string; assigned: boolean; certificate_valid_until: string }[];
  }>(
    `select i.department_code as department, i.certificate_valid_until,
            exists (select 1 from assignments a where a.visit_id = :visit and a.inspector_id = i.id) as assigned
       from inspectors i where i.user_id = :user`,
    { visit: visitId, user: userId },
  );
  return rows[0] ?? null;
}

export interface NewResult {
  item: string;
  resultCode: number;
  opinion: string;
  answers: Record<string, unknown>;
  method?: Method | undefined;
}

export async function storeResults(
  trx: Knex,
  visitId: number,
  results: readonly NewResult[],
  actorId: number,
  at: Date,
): Promise<void> {
  await trx.raw(
    `update visit_items vi
        set result_code = r.code, opinion = r.opinion, answers = r.answers, method = r.method, submitted_by = :actor, submitted_at = :at
       from jsonb_to_recordset(cast(:rows as jsonb)) as r(item text, code int, opinion text, answers jsonb, method text)
      where vi.visit_id = :visit and vi.item_code = r.item`,
    {
      visit: visitId,
      actor: actorId,
      at,
      rows: JSON.stringify(
        results.map(({ item, resultCode, opinion, answers, method }) => ({
          item,
          code: resultCode,
          opinion,
          answers,
          method: method ?? null,
        })),
      ),
    },
  );
}

export async function setVisitDay(
  trx: Knex,
  visitId: number,
  visitOn: string,
  finishedAt: Date | null,
): Promise<void> {
  await trx('visits').where({ id: visitId }).update({ visit_on: visitOn, finished_at: finishedAt });
}

/** Opens a handling case for each violation (plan 3.5), by a correction or the first result; returns the new ones. */
export async function openCases(
  trx: Knex,
  visit: { id: number; campaign_id: number },
  violations: readonly { item: string; department: string; resultCode: number; track: string }[],
  correctionId: number | null = null,
): Promise<number[]> {
  if (violations.length === 0) return [];
  const rows = await beyondSight(trx, async (all) =>
    all('handling_cases')
      .insert(
        violations.map(({ item, department, resultCode, track }) => ({
          campaign_id: visit.campaign_id,
          visit_id: visit.id,
          item_code: item,
          department_code: department,
          result_code: resultCode,
          track,
          correction_id: correctionId,
        })),
      )
      .onConflict(['visit_id', 'item_code', 'correction_id'])
      .ignore()
      .returning<{ id: number }[]>('id'),
  );
  return rows.map((row) => row.id);
}

export async function hasUnfinishedVisits(db: Knex, campaignId: number): Promise<boolean> {
  const row: unknown = await beyondSight(db, async (all): Promise<unknown> =>
    all('visits').where({ campaign_id: campaignId }).whereNull('finished_at').first('id'),
  );
  return row !== undefined;
}
