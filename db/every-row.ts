/** Lists that are read page by page, to their end. */

const BATCH = 2000;

export interface RowsAfter<P> {
  limit: number;
  after: P | undefined;
}

/** All rows of a list that is read page by page, as many at a time as fit in the memory. */
export async function* everyRow<T, P>(
  load: (page: RowsAfter<P>) => Promise<T[]>,
  positionOf: (row: T) => P,
): AsyncGenerator<T> {
  for (let after: P | undefined; ;) {
    const rows = await load({ limit: BATCH, after });
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < BATCH) return;
    after = positionOf(last);
  }
}
