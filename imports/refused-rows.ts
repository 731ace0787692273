import type { Knex } from 'knex';
import { listRefusals } from '../db/import-views';

const PAGE = 2000;

/** Each refusal with the row as it was in the file, so that it can be mended and imported again. */
export async function* refusedRows(db: Knex, importId: number): AsyncGenerator<(string | number)[]> {
  yield ['行', '列', '值', '原因', '说明', '原行'];
  for (let after: [number, string, string] | null = null; ;) {
    const rows = await listRefusals(db, importId, after, PAGE);
    for (const row of rows) {
      yield [row.row_number, row.column_name, row.value, row.reason, row.message, ...row.cells];
    }
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = [last.row_number, last.column_name, last.reason];
  }
}
