import { invalid } from '../domain/errors';

/** Opaque to callers: what the next page begins behind. */
export const encodeCursor = (position: unknown): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

export function decodeCursor<T>(
  cursor: string | undefined,
  isPosition: (value: unknown) => value is T,
): T | undefined {
  if (cursor === undefined) return undefined;
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (isPosition(position)) return position;
  } catch {
    // Not one of ours: reported below.
  }
  throw invalid('bad-cursor', '翻页标记无效，请从第一页重新开始。', [
    { field: 'query.cursor', message: '无效' },
  ]);
}

export const isId = (value: unknown): value is number => Number.isSafeInteger(value);

/** Cuts one row too many off a list that was read with `limit + 1`. */
export function pageOf<T>(
  rows: readonly T[],
  limit: number,
  positionOf: (row: T) => unknown,
): { rows: T[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    rows: page,
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(positionOf(last)) : null,
  };
}
