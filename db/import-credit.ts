/** Credit facts of entities, brought into the registry by the same merge as whole entities. */
import type { Knex } from 'knex';
import type { CreditFacts } from '../domain/registry/credit-row';
import type { StagedRow } from './registry-merge';

/** With the name and the region that the registry knows; both are empty for a code that is not in it. */
export async function stageCredit(trx: Knex, rows: readonly StagedRow<CreditFacts>[]): Promise<void> {
  await trx.raw(
    `insert into import_rows (row_number, key, name, region_code, risk_class, flags, complaints)
     select r.row_number, r.key, coalesce(e.name, ''), coalesce(e.region_code, ''), r.risk_class, r.flags, r.complaints
       from jsonb_to_recordset(cast(:rows as jsonb))
         as r(row_number bigint, key text, risk_class text, flags text[], complaints int)
       left join entities e on e.credit_code = r.key and e.ended_at is null`,
    {
      rows: JSON.stringify(
        rows.map(({ rowNumber, key, row }) => ({
          row_number: rowNumber,
          key,
          risk_class: row.riskClass,
          flags: row.flags,
          complaints: row.complaints,
        })),
      ),
    },
  );
}

/** Takes out the rows of entities that are not in the registry. */
export async function takeUnknown(trx: Knex): Promise<{ rowNumber: number }[]> {
  const { rows } = await trx.raw<{ rows: { rowNumber: number }[] }>(
    `delete from import_rows where name = '' returning row_number as "rowNumber"`,
  );
  return rows;
}
