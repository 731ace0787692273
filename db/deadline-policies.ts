/** Versions of the city's deadlines, reminders and escalation. */
import type { Knex } from 'knex';
import type { DeadlinePolicy } from '../domain/deadlines/policy';
import { notFound } from '../domain/errors';

export interface DeadlinePolicyRow {
  version: number;
  status: 'draft' | 'submitted' | 'returned' | 'approved';
  policy: DeadlinePolicy;
  reason: string;
  valid_from: string;
  created_by: number;
  author: string;
  submitted_by: number | null;
  submitted_at: Date | null;
  decided_by: number | null;
  decider: string | null;
  decided_at: Date | null;
  decision_note: string;
}

const policies = (db: Knex) =>
  db('deadline_policies as p')
    .join('users as a', 'a.id', 'p.created_by')
    .leftJoin('users as d', 'd.id', 'p.decided_by')
    .select<DeadlinePolicyRow[]>('p.*', { author: 'a.name', decider: 'd.name' });

/** The newest first. */
export async function listDeadlinePolicies(db: Knex): Promise<DeadlinePolicyRow[]> {
  return policies(db).orderBy('p.version', 'desc');
}

export async function readDeadlinePolicy(db: Knex, version: number): Promise<DeadlinePolicyRow> {
  const [row] = await policies(db).where('p.version', version);
  if (!row) throw notFound('policy-not-found', `没有第 ${version} 版时限和提醒规定。`);
  return row;
}

export async function lockDeadlinePolicy(trx: Knex, version: number): Promise<DeadlinePolicyRow> {
  await trx('deadline_policies').where({ version }).forNoKeyUpdate().select('version');
  return readDeadlinePolicy(trx, version);
}

/** The approved version that is in force on a day: the one that began last; null: the program's own. */
export async function deadlinePolicyInForce(
  db: Knex,
  day: string,
): Promise<Pick<DeadlinePolicyRow, 'version' | 'policy'> | null> {
  const row = await db('deadline_policies')
    .where({ status: 'approved' })
    .where('valid_from', '<=', day)
    .orderBy([
      { column: 'valid_from', order: 'desc' },
      { column: 'version', order: 'desc' },
    ])
    .first<Pick<DeadlinePolicyRow, 'version' | 'policy'> | undefined>('version', 'policy');
  return row ?? null;
}

interface PolicyContent {
  policy: DeadlinePolicy;
  reason: string;
  validFrom: string;
}

const columnsOf = ({ policy, reason, validFrom }: PolicyContent) => ({
  policy: JSON.stringify(policy),
  reason,
  valid_from: validFrom,
});

export async function insertDeadlinePolicy(
  trx: Knex,
  content: PolicyContent,
  createdBy: number,
): Promise<number> {
  const [row] = await trx('deadline_policies')
    .insert({ ...columnsOf(content), created_by: createdBy })
    .returning<{ version: number }[]>('version');
  return row?.version ?? 0;
}

export async function rewriteDeadlinePolicy(
  trx: Knex,
  version: number,
  content: PolicyContent,
): Promise<void> {
  await trx('deadline_policies').where({ version }).update(columnsOf(content));
}

export async function moveDeadlinePolicy(
  trx: Knex,
  version: number,
  change: Partial<
    Pick<
      DeadlinePolicyRow,
      'status' | 'submitted_by' | 'submitted_at' | 'decided_by' | 'decided_at' | 'decision_note'
    >
  >,
): Promise<void> {
  await trx('deadline_policies').where({ version }).update(change);
}
