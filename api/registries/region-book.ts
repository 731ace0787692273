import type { Knex } from 'knex';
import { readCountedKinds } from '../../db/counted-kinds';
import { listRegions } from '../../db/organisation';
import {
  countServing,
  listRegionMoves,
  listUnknownRegions,
  readRegionBook,
  type UnknownRegionRow,
} from '../../db/regions';
import { prefixOf } from '../../domain/regions/covers';
import type { RegionBook } from '../../domain/regions/region-book';

/** Regions in use, codes that moved, and what the last imports met that is neither. */
export async function regionBookOf(db: Knex) {
  const [regions, moves, kinds, serving, book, refused] = await Promise.all([
    listRegions(db),
    listRegionMoves(db),
    readCountedKinds(db),
    countServing(db),
    readRegionBook(db),
    listUnknownRegions(db),
  ]);
  const sizes = new Map<string, number>();
  for (const { region, size } of kinds) sizes.set(region, (sizes.get(region) ?? 0) + size);
  const within = (code: string): number => {
    const prefix = prefixOf(code);
    let sum = 0;
    for (const [region, size] of sizes) if (region.startsWith(prefix)) sum += size;
    return sum;
  };
  const names = new Map(regions.map(({ code, name }) => [code, name]));
  return {
    regions: regions.map(({ code, name, parentCode }) => ({
      ...{ code, name, parentCode, isNamed: name !== code },
      ...{ entities: sizes.get(code) ?? 0, entitiesWithin: within(code), inspectors: serving.get(code) ?? 0 },
    })),
    moves: moves.map((move) => ({
      oldCode: move.old_code,
      newCode: move.new_code,
      newName: names.get(move.new_code) ?? move.new_code,
      since: move.since,
      reason: move.reason,
      by: move.recorded_by_name,
      at: move.recorded_at.toISOString(),
      used: move.used,
      entitiesLeft: sizes.get(move.old_code) ?? 0,
    })),
    unknown: unknownOf(refused, book),
    retries: retriesOf(refused, book),
  };
}

/** As the readers of rows take a cell apart. */
const codesIn = ({ value, kind }: UnknownRegionRow): string[] => {
  const text = value.normalize('NFKC');
  return kind === 'entities'
    ? [text]
    : text
        .split(/[;,、|]/)
        .map((code) => code.trim())
        .filter((code) => code !== '');
};

const isUnknown = (book: RegionBook) => (code: string) => !book.isKnown(book.current(code));

const SAMPLE = 60;

interface Reported {
  code: string;
  rows: number;
  firstSeen: string;
  lastSeen: string;
  imports: { id: number; fileName: string; rows: number; sample: { rowNumber: number; text: string } }[];
}

/** `refused`: the newest import first. */
function unknownOf(refused: readonly UnknownRegionRow[], book: RegionBook): Reported[] {
  const byCode = new Map<string, Reported>();
  for (const row of refused) {
    const at = row.at.toISOString();
    for (const code of codesIn(row).filter(isUnknown(book))) {
      const known = byCode.get(code) ?? { code, rows: 0, firstSeen: at, lastSeen: at, imports: [] };
      byCode.set(code, known);
      known.rows += row.rows;
      known.firstSeen = at;
      const last = known.imports.at(-1);
      if (last?.id === row.import_id) {
        last.rows += row.rows;
        continue;
      }
      const text = row.cells
        .filter((cell) => cell.trim() !== '')
        .join(' · ')
        .slice(0, SAMPLE);
      known.imports.push({
        ...{ id: row.import_id, fileName: row.file_name, rows: row.rows },
        sample: { rowNumber: row.first_row, text },
      });
    }
  }
  return [...byCode.values()].sort((a, b) => b.rows - a.rows);
}

function retriesOf(refused: readonly UnknownRegionRow[], book: RegionBook) {
  const byImport = new Map<number, UnknownRegionRow>();
  for (const row of refused) {
    if (codesIn(row).some(isUnknown(book))) continue;
    const before = byImport.get(row.import_id);
    byImport.set(row.import_id, { ...row, rows: row.rows + (before?.rows ?? 0) });
  }
  return [...byImport.values()].map((row) => ({
    importId: row.import_id,
    kind: row.kind,
    fileName: row.file_name,
    rows: row.rows,
    obstacle: row.is_latest
      ? null
      : '之后又有新的同类导入，重新导入这些行可能用旧的内容盖过新的；请导入一份新的文件。',
  }));
}
