import type { Knex } from 'knex';

/**
 * Reads on a second connection what was committed when this was called, all of it as of that moment, while the
 * transaction goes on writing: two backends of PostgreSQL are at work. What `trx` itself has written is not seen.
 */
export async function readSideBySide<T>(
  db: Knex,
  trx: Knex,
  read: (reader: Knex.Transaction) => Promise<T>,
): Promise<T> {
  const { rows } = await trx.raw<{ rows: [{ snapshot: string }] }>(`select pg_export_snapshot() as snapshot`);
  const reader = await db.transaction(undefined, { isolationLevel: 'repeatable read', readOnly: true });
  try {
    // An identifier of PostgreSQL's own; the statement takes no parameters.
    await reader.raw(`set transaction snapshot '${rows[0].snapshot}'`);
    return await read(reader);
  } finally {
    await reader.rollback();
  }
}
