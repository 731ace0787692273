/** Requests to correct results that were handed in, what was decided on them, and what it led to. */
import type { Knex } from 'knex';
import type {
  CaseOfResult,
  Consequences,
  CorrectionKind,
  CorrectionStatus,
} from '../domain/visits/corrections';
import type { Method } from '../domain/visits/methods';

export interface ResultContent {
  result_code: number;
  opinion: string;
  answers: Record<string, unknown>;
  method: Method | null;
}

export interface CorrectionRow extends ResultContent {
  id: number;
  kind: CorrectionKind;
  /** That is to stand in the publication. */
  entity_name: string | null;
  visit_id: number;
  item_code: string;
  department_code: string;
  department_name: string;
  status: CorrectionStatus;
  round: number;
  reason: string;
  old_result_code: number;
  old_opinion: string;
  old_answers: Record<string, unknown>;
  old_method: Method | null;
  asked_by: number;
  asker: string;
  asked_at: Date;
  decided_by: number | null;
  decider: string | null;
  decided_at: Date | null;
  note: string;
  consequences: Consequences | null;
}

/** The first first. */
export async function listCorrections(
  db: Knex,
  filter: { visitId: number } | { id: number },
): Promise<CorrectionRow[]> {
  const query = db('corrections as c')
    .join('departments as d', 'd.code', 'c.department_code')
    .join('users as a', 'a.id', 'c.asked_by')
    .leftJoin('users as b', 'b.id', 'c.decided_by')
    .orderBy('c.id')
    .select<CorrectionRow[]>('c.*', { department_name: 'd.short_name', asker: 'a.name', decider: 'b.name' });
  if ('id' in filter) void query.where('c.id', filter.id);
  else void query.where('c.visit_id', filter.visitId);
  return query;
}

interface Wanted {
  content: ResultContent;
  entityName: string | null;
  reason: string;
  actorId: number;
  at: Date;
}

/** Its id; null where a correction of the result is under way. */
export async function insertCorrection(
  trx: Knex,
  wanted: Wanted & {
    kind: CorrectionKind;
    visitId: number;
    item: string;
    department: string;
    old: ResultContent;
  },
): Promise<number | null> {
  const { old } = wanted;
  const rows = await trx('corrections')
    .insert({
      kind: wanted.kind,
      visit_id: wanted.visitId,
      item_code: wanted.item,
      department_code: wanted.department,
      ...columnsOf(wanted),
      old_result_code: old.result_code,
      old_opinion: old.opinion,
      old_answers: JSON.stringify(old.answers),
      old_method: old.method,
    })
    .onConflict(trx.raw(`(visit_id, item_code) where status in ('requested', 'returned')`))
    .ignore()
    .returning<{ id: number }[]>('id');
  return rows[0]?.id ?? null;
}

/** Asks for it again, otherwise; false where it was not returned. */
export async function reviseCorrection(trx: Knex, id: number, wanted: Wanted): Promise<boolean> {
  const changed = await trx('corrections')
    .where({ id, status: 'returned' })
    .update({ ...columnsOf(wanted), status: 'requested', round: trx.raw('round + 1') });
  return changed > 0;
}

const columnsOf = ({ content, entityName, reason, actorId, at }: Wanted) => ({
  result_code: content.result_code,
  opinion: content.opinion,
  answers: JSON.stringify(content.answers),
  method: content.method,
  entity_name: entityName,
  reason,
  asked_by: actorId,
  asked_at: at,
});

/** False where it waits for no decision any more. */
export async function decideCorrection(
  trx: Knex,
  id: number,
  decision: {
    status: 'approved' | 'returned';
    actorId: number;
    at: Date;
    note: string;
    consequences: Consequences | null;
  },
): Promise<boolean> {
  const changed = await trx('corrections')
    .where({ id, status: 'requested' })
    .update({
      status: decision.status,
      decided_by: decision.actorId,
      decided_at: decision.at,
      note: decision.note,
      consequences: decision.consequences && JSON.stringify(decision.consequences),
    });
  return changed > 0;
}

/** Takes a request back; false where it is decided. */
export async function withdrawCorrection(trx: Knex, id: number): Promise<boolean> {
  const changed = await trx('corrections')
    .where({ id })
    .whereIn('status', ['requested', 'returned'])
    .update({ status: 'withdrawn' });
  return changed > 0;
}

/** The result as it is from now on; who handed it in first, and when, stays. */
export async function replaceResult(
  trx: Knex,
  { visitId, item }: { visitId: number; item: string },
  { result_code, opinion, answers, method }: ResultContent,
): Promise<void> {
  await trx('visit_items')
    .where({ visit_id: visitId, item_code: item })
    .update({ result_code, opinion, answers: JSON.stringify(answers), method });
}

/** The newest case that a result has led to; `lock`: until the transaction ends, nobody takes a step in it. */
export async function caseOfResult(
  db: Knex,
  { visitId, item }: { visitId: number; item: string },
  lock = false,
): Promise<CaseOfResult | null> {
  const { rows } = await db.raw<{ rows: CaseOfResult[] }>(
    `select h.id, h.status, h.submitted_by as "submittedBy",
            array(select kind from credit_records r where r.case_id = h.id and r.corrected_at is null order by kind) as standing
       from handling_cases h where h.visit_id = :visitId and h.item_code = :item
      order by h.id desc limit 1 ${lock ? 'for no key update of h' : ''}`,
    { visitId, item },
  );
  return rows[0] ?? null;
}

/** The case goes on under the result's new code. */
export async function keepCase(trx: Knex, id: number, resultCode: number): Promise<void> {
  await trx('handling_cases').where({ id }).update({ result_code: resultCode });
}

export interface CaseToAnnul {
  id: number;
  case_id: number;
  decided_by: number;
  reason: string;
}

/** Cases whose result was corrected so that nothing is left of them. */
export async function casesToAnnul(db: Knex, campaign: string): Promise<CaseToAnnul[]> {
  const { rows } = await db.raw<{ rows: CaseToAnnul[] }>(
    `select c.id, cast(c.consequences ->> 'annul' as bigint) as case_id, c.decided_by, c.reason
       from corrections c join visits v on v.id = c.visit_id
      where v.campaign_id = (select id from campaigns where code = ?)
        and c.status = 'approved' and c.annulled_at is null and c.consequences ->> 'annul' is not null
      order by c.id`,
    [campaign],
  );
  return rows;
}

export async function markAnnulled(db: Knex, id: number, at: Date): Promise<void> {
  await db('corrections').where({ id }).update({ annulled_at: at });
}
