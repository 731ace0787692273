/**
 * Draws beside the draw: what a made-up seed would have drawn. They go into a table of the transaction's own that ends
 * with it, and never into `drawn` or `visits`; PostgreSQL hashes, so that the API goes on answering meanwhile.
 */
import type { Knex } from 'knex';
import type { SampledLine } from '../domain/draw/sampled-lines';
import { ticketBound } from '../domain/draw/ticket-bound';

/** Rows with `credit_code`, `region_code`, `stratum` and `items`, as SQL with its bindings. */
export interface Source {
  sql: string;
  bindings: Record<string, string | number | readonly string[]>;
}

export async function createSampled(trx: Knex): Promise<void> {
  await trx.raw(
    `create temp table sampled (
       item text collate "C" not null, credit_code text collate "C" not null, stratum text collate "C" not null,
       region_code text not null, items text[] collate "C" not null, ticket bytea not null
     ) on commit drop`,
  );
}

/** Replaces what `sampled` holds by the sample of each line; a ticket is the hash of the prefix and the code. */
export async function sample(
  trx: Knex,
  source: Source,
  prefix: string,
  lines: readonly SampledLine[],
): Promise<void> {
  const due = lines.reduce((sum, line) => sum + line.sample, 0);
  // Hashing all is cheap, sorting all is not: only once in a million draws do too few tickets lie below the bounds.
  if ((await insertSampled(trx, source, prefix, lines, ticketBound)) === due) return;
  const drawn = await insertSampled(trx, source, prefix, lines, () => null);
  if (drawn !== due) throw new Error(`${drawn} of ${due} were drawn: the lines are not this population's`);
}

const EVERY_TICKET = 'ff'.repeat(33);

async function insertSampled(
  trx: Knex,
  source: Source,
  prefix: string,
  lines: readonly SampledLine[],
  boundOf: (sample: number, size: number) => string | null,
): Promise<number> {
  await trx.raw(`truncate sampled`);
  const { rowCount } = await trx.raw<{ rowCount: number }>(
    // "offset 0": each ticket is computed once, whatever the number of lines it is compared with.
    `insert into sampled (item, credit_code, stratum, region_code, items, ticket)
     with line as materialized (
       select item, stratum, sample, decode(bound, 'hex') as bound
         from jsonb_to_recordset(cast(:lines as jsonb)) as l(item text, stratum text, sample int, bound text)
     ), ranked as (
       select l.item, l.sample, t.*, row_number() over (partition by l.item, l.stratum order by t.ticket) as rank
         from (select s.*, sha256(convert_to(cast(:prefix as text) || s.credit_code, 'UTF8')) as ticket
                 from (${source.sql}) s offset 0) t
         join line l on l.stratum = t.stratum and t.ticket <= l.bound and (l.item = '*' or l.item = any (t.items))
     )
     select item, credit_code, stratum, region_code, items, ticket from ranked where rank <= sample`,
    {
      ...source.bindings,
      prefix,
      lines: JSON.stringify(
        lines
          .filter((line) => line.sample > 0)
          .map(({ item, stratum, sample: due, size }) => ({
            ...{ item, stratum, sample: due },
            bound: boundOf(due, size) ?? EVERY_TICKET,
          })),
      ),
    },
  );
  return rowCount;
}
