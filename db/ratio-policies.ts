import type { Knex } from 'knex';
import { notFound } from '../domain/errors';
import type { PolicyRow } from '../domain/policies/ratio-rows';

export interface RatioPolicyRow {
  version: number;
  status: 'draft' | 'submitted' | 'returned' | 'approved';
  rows: PolicyRow[];
  /** Only inspectors with a valid training are sent. */
  training_required: boolean;
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
  db('ratio_policies as p')
    .join('users as a', 'a.id', 'p.created_by')
    .leftJoin('users as d', 'd.id', 'p.decided_by')
    .select<RatioPolicyRow[]>('p.*', { author: 'a.name', decider: 'd.name' });

/** The newest first. */
export async function listRatioPolicies(db: Knex): Promise<RatioPolicyRow[]> {
  return policies(db).orderBy('p.version', 'desc');
}

export async function readRatioPolicy(db: Knex, version: number): Promise<RatioPolicyRow> {
  const [row] = await policies(db).where('p.version', version);
  if (!row) throw notFound('policy-not-found', `没有第 ${version} 版比例和频次政策。`);
  return row;
}

export async function lockRatioPolicy(trx: Knex, version: number): Promise<RatioPolicyRow> {
  await trx('ratio_policies').where({ version }).forNoKeyUpdate().select('version');
  return readRatioPolicy(trx, version);
}

/** The approved version that is in force on a day: the one that began last. */
export async function policyInForce(
  db: Knex,
  day: string,
): Promise<Pick<RatioPolicyRow, 'version' | 'rows' | 'training_required'> | null> {
  const row = await db('ratio_policies')
    .where({ status: 'approved' })
    .where('valid_from', '<=', day)
    .orderBy([
      { column: 'valid_from', order: 'desc' },
      { column: 'version', order: 'desc' },
    ])
    .first<Pick<RatioPolicyRow, 'version' | 'rows' | 'training_required'> | undefined>(
      ...(['version', 'rows', 'training_required'] as const),
    );
  return row ?? null;
}

export async function insertRatioPolicy(
  trx: Knex,
  policy: {
    rows: readonly PolicyRow[];
    trainingRequired: boolean;
    reason: string;
    validFrom: string;
    createdBy: number;
  },
): Promise<number> {
  const [row] = await trx('ratio_policies')
    .insert({
      rows: JSON.stringify(policy.rows),
      training_required: policy.trainingRequired,
      reason: policy.reason,
      valid_from: policy.validFrom,
      created_by: policy.createdBy,
    })
    .returning<{ version: number }[]>('version');
  return row?.version ?? 0;
}

export async function updateRatioPolicy(
  trx: Knex,
  version: number,
  change: Partial<Omit<RatioPolicyRow, 'version' | 'rows' | 'author' | 'decider'>> & {
    rows?: readonly PolicyRow[];
  },
): Promise<void> {
  const { rows, ...rest } = change;
  await trx('ratio_policies')
    .where({ version })
    .update({ ...rest, ...(rows ? { rows: JSON.stringify(rows) } : {}) });
}
