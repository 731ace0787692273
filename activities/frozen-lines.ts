/** Frozen files whose lines come from the stored records, a piece at a time. */
import type { Knex } from 'knex';
import { readGroups, readPieces } from '../db/frozen';
import {
  CODE_LINE,
  ENTITIES_HEADER,
  ENTITY_LINE,
  writeCodeLine,
  writeEntityLine,
} from '../domain/draw/frozen-lines';
import { groupAt, RECORD_BYTES, viewOf } from '../domain/draw/records';

/** A population file. `item` `*`: the union of all items. `stratum` null: all strata. */
export async function* populationLines(
  db: Knex,
  ceremonyId: number,
  item: string,
  stratum: string | null,
): AsyncGenerator<Buffer> {
  const isIn = (await readGroups(db, ceremonyId)).map(
    (group) =>
      (item === '*' || group.items.includes(item)) && (stratum === null || group.stratum === stratum),
  );
  for await (const text of readPieces(db, ceremonyId)) {
    const records = Buffer.from(text, 'latin1');
    const count = records.length / RECORD_BYTES;
    const lines = Buffer.allocUnsafeSlow(count * CODE_LINE);
    let end = 0;
    const [from, to] = [viewOf(records), viewOf(lines)];
    for (let at = 0; at < count; at += 1) {
      if (isIn[groupAt(records, at)] === true) end = writeCodeLine(from, at, to, end);
    }
    yield lines.subarray(0, end);
  }
}

export async function* entitiesCsv(db: Knex, ceremonyId: number): AsyncGenerator<Buffer> {
  yield Buffer.from(ENTITIES_HEADER);
  for await (const text of readPieces(db, ceremonyId)) {
    const records = Buffer.from(text, 'latin1');
    const count = records.length / RECORD_BYTES;
    const lines = Buffer.allocUnsafeSlow(count * ENTITY_LINE);
    const [from, to] = [viewOf(records), viewOf(lines)];
    for (let at = 0, end = 0; at < count; at += 1) end = writeEntityLine(from, at, to, end);
    yield lines;
  }
}
