/** Reports on whole registries and all draws: computed when first asked for, and kept while their basis stays. */
import type { Knex } from 'knex';

export interface ReportName {
  kind: 'patterns' | 'coverage';
  key: string;
  /** What it is computed from; another basis, and it is computed anew. */
  basis: string;
}

export async function keptReport<T>(
  db: Knex,
  name: ReportName,
  compute: (trx: Knex) => Promise<T>,
): Promise<T> {
  const kept = await readKept<T>(db, name);
  if (kept !== undefined) return kept;
  return db.transaction(async (trx) => {
    // Whoever asks meanwhile waits for this one.
    await trx.raw(`select pg_advisory_xact_lock(hashtext('onevisit.statistics'), hashtext(?))`, [
      `${name.kind}/${name.key}`,
    ]);
    const meanwhile = await readKept<T>(trx, name);
    if (meanwhile !== undefined) return meanwhile;
    const report = await compute(trx);
    await trx('statistics_reports')
      .insert({ ...name, report: JSON.stringify(report), computed_at: trx.fn.now() })
      .onConflict(['kind', 'key'])
      .merge();
    return report;
  });
}

async function readKept<T>(db: Knex, { kind, key, basis }: ReportName): Promise<T | undefined> {
  const row = await db('statistics_reports')
    .where({ kind, key, basis })
    .first<{ report: T } | undefined>('report');
  return row?.report;
}
