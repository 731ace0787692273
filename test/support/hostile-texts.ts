/** What an attacker would write into every field that takes words of people, and what must come of it: nothing. */
import type { Knex } from 'knex';

interface Column {
  table: string;
  column: string;
}

/** What such columns hold is words, whatever they are in a test. */
const WORDS = /(^|_)(name|title|note|reason|address|scope|opinion|content|text|remark|topic|phone)$/;

/**
 * Changes every text that somebody wrote, in every table: those with Chinese characters, which no code or key has, and those
 * of columns for words. `change`
 * is an SQL expression with `??` for the column, once. Returns the columns; those whose constraints refuse the change stay.
 */
export async function spoilTexts(db: Knex, change: string): Promise<string[]> {
  const { rows } = await db.raw<{ rows: Column[] }>(
    `select table_name as "table", column_name as "column"
       from information_schema.columns join information_schema.tables using (table_schema, table_name)
      where table_schema = 'public' and data_type in ('text', 'character varying') and is_generated = 'NEVER'
        and table_type = 'BASE TABLE' and table_name !~ '^(knex_|audit_|sessions$|deadline_steps$)'
      order by table_name, column_name`,
  );
  const spoilt: string[] = [];
  for (const { table, column } of rows) {
    const changed = await db
      .transaction(async (trx) => {
        // Neither triggers nor keys stand in an attacker's way here: what is shown is the question.
        await trx.raw(`set local session_replication_role = replica`);
        const { rowCount } = await trx.raw<{ rowCount: number }>(
          `update ?? set ?? = ${change} where ?? ${WORDS.test(column) ? 'is not null' : "~ '[一-鿿]'"}`,
          [table, column, column, column],
        );
        return rowCount;
      })
      .catch(() => 0);
    if (changed > 0) spoilt.push(`${table}.${column}`);
  }
  return spoilt;
}
