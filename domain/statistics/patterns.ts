/**
 * In which draws an entity was, as what, and whether it was drawn: entities that agree in all of that are counted, not
 * kept. Pieces of frozen populations are sorted by code, so that any number of draws of millions is gone through side by
 * side in the memory of a piece each.
 */
import { CODE_BYTES, RECORD_BYTES, REGION_BYTES } from '../draw/records';

export interface Pattern {
  /** Of the last of the draws. */
  region: string;
  /** Number of the draw, of the group in it, and whether the group's counting line drew it. */
  draws: readonly (readonly [draw: number, group: number, isDrawn: boolean])[];
  size: number;
  /** Some of those that were drawn twice or more. */
  codes: readonly string[];
}

export interface FrozenDraw {
  pieces: AsyncIterator<string>;
  /** Those that their counting line drew. */
  drawn: ReadonlySet<string>;
}

/** Codes kept of a pattern. */
const KEPT = 50;

interface Cursor {
  draw: number;
  source: FrozenDraw;
  text: string;
  at: number;
  code: string;
}

export async function countPatterns(draws: readonly FrozenDraw[]): Promise<Pattern[]> {
  const found = new Map<string, { size: number; codes: string[] }>();
  let cursors: Cursor[] = draws.map((source, draw) => ({ draw, source, text: '', at: 0, code: '' }));
  for (const cursor of cursors) await advance(cursor);
  for (;;) {
    cursors = cursors.filter((cursor) => cursor.code !== '');
    let least = cursors[0]?.code;
    if (least === undefined) break;
    for (const cursor of cursors) if (cursor.code < least) least = cursor.code;
    let key = '';
    let region = '';
    let times = 0;
    for (const cursor of cursors) {
      if (cursor.code !== least) continue;
      const tail = cursor.at + CODE_BYTES;
      region = cursor.text.slice(tail, tail + REGION_BYTES);
      const group = cursor.text.slice(tail + REGION_BYTES, cursor.at + RECORD_BYTES - 1);
      const isDrawn = cursor.source.drawn.has(least);
      if (isDrawn) times += 1;
      key += `;${cursor.draw}.${group}${isDrawn ? '+' : ''}`;
      cursor.at += RECORD_BYTES;
      if (cursor.at < cursor.text.length) cursor.code = codeOf(cursor);
      else await advance(cursor);
    }
    key = region + key;
    let entry = found.get(key);
    if (entry === undefined) found.set(key, (entry = { size: 0, codes: [] }));
    entry.size += 1;
    if (times > 1 && entry.codes.length < KEPT) entry.codes.push(least);
  }
  return Array.from(found, ([key, counted]) => ({ ...parsed(key), ...counted }));
}

const codeOf = ({ text, at }: Cursor): string => text.slice(at, at + CODE_BYTES);

/** To the next piece; an empty code says that there is none. */
async function advance(cursor: Cursor): Promise<void> {
  const next = await cursor.source.pieces.next();
  cursor.text = next.done === true ? '' : next.value;
  cursor.at = 0;
  cursor.code = codeOf(cursor);
}

function parsed(key: string): Pick<Pattern, 'region' | 'draws'> {
  const [region = '', ...draws] = key.split(';');
  return {
    region,
    draws: draws.map((one) => {
      const isDrawn = one.endsWith('+');
      const [draw, group] = (isDrawn ? one.slice(0, -1) : one).split('.');
      return [Number(draw), Number(group), isDrawn] as const;
    }),
  };
}
