/** The frozen population of a ceremony, in pieces (domain/draw/records.ts). */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Knex } from 'knex';
import type { PopulationGroup } from '../domain/draw/records';

export async function storeGroups(
  trx: Knex,
  ceremonyId: number,
  groups: readonly PopulationGroup[],
): Promise<void> {
  await trx.raw(
    `insert into frozen_groups (ceremony_id, number, stratum, items)
     select ?, g.number - 1, g.line ->> 'stratum', array(select jsonb_array_elements_text(g.line -> 'items'))
       from jsonb_array_elements(cast(? as jsonb)) with ordinality as g (line, number)`,
    [ceremonyId, JSON.stringify(groups)],
  );
}

export async function readGroups(db: Knex, ceremonyId: number): Promise<PopulationGroup[]> {
  return db('frozen_groups').where({ ceremony_id: ceremonyId }).orderBy('number').select('stratum', 'items');
}

/** Pieces are numbered from 1 in the order of the codes. */
export async function storePiece(
  trx: Knex,
  ceremonyId: number,
  number: number,
  records: Buffer,
): Promise<void> {
  await trx.raw(
    `insert into frozen_pieces (ceremony_id, number, records) values (?, ?, convert_from(cast(? as bytea), 'UTF8'))`,
    [ceremonyId, number, records],
  );
}

/** Text of each piece in order; the next is on its way while one is worked on. */
export async function* readPieces(db: Knex, ceremonyId: number): AsyncGenerator<string> {
  const read = async (number: number): Promise<string | undefined> => {
    const row = await db('frozen_pieces')
      .where({ ceremony_id: ceremonyId, number })
      .first<{ records: string } | undefined>('records');
    return row?.records;
  };
  let number = 1;
  let next = read(number);
  for (;;) {
    const records = await next;
    if (records === undefined) return;
    number += 1;
    next = read(number);
    // Whoever stops listening early leaves nobody to hear of its failure.
    next.catch(() => undefined);
    // In this turn it is sent: what the listener does next may leave no turn for a long while.
    await nextTurn();
    yield records;
  }
}
