/** Draws that took place, and who was in them: what statistics are made of. */
import type { Knex } from 'knex';
import type { Manifest } from '../domain/draw/manifest';
import { countingLine, type DrawnLine, type PastDraw } from '../domain/statistics/draws';
import { countPatterns, type FrozenDraw, type Pattern } from '../domain/statistics/patterns';
import { readGroups } from './frozen';
import { keptReport } from './statistics-reports';

interface PastCeremony {
  id: number;
  code: string;
  name: string;
  mode: PastDraw['mode'];
  frozen_at: Date;
  manifest: string;
  /** Of the last supplementary draw. */
  supplement: Omit<DrawnLine, 'size'>[] | null;
}

/** In the order in which they were frozen. */
export async function readPastDraws(db: Knex): Promise<PastDraw[]> {
  const { rows } = await db.raw<{ rows: PastCeremony[] }>(
    `select y.id, c.code, c.name, c.mode, y.frozen_at, y.manifest,
            (select cast(r.line as jsonb) -> 'strata' from draw_records r
              where r.ceremony_id = y.id and cast(r.line as jsonb) ->> 'kind' = 'supplement'
              order by r.seq desc limit 1) as supplement
       from ceremonies y join campaigns c on c.id = y.campaign_id
      where y.status = 'drawn' order by y.id`,
  );
  return Promise.all(
    rows.map(async ({ id, code, name, mode, frozen_at, manifest, supplement }) => ({
      ...{ ceremonyId: id, campaign: code, campaignName: name, mode, frozenAt: frozen_at },
      lines: linesOf(JSON.parse(manifest) as Manifest, supplement),
      groups: await readGroups(db, id),
    })),
  );
}

/** The samples that the rules demand by now. */
export function linesOf(manifest: Manifest, supplement: PastCeremony['supplement']): DrawnLine[] {
  return manifest.strata.map(({ item, stratum, size, sample }) => {
    const now = supplement?.find((line) => line.item === item && line.stratum === stratum);
    return { item, stratum, size, sample: now?.sample ?? sample };
  });
}

/** One pass over all frozen populations side by side, once for each new draw: what was frozen never changes. */
export async function readPatterns(db: Knex, draws: readonly PastDraw[]): Promise<Pattern[]> {
  const counts = await countDrawn(db);
  const basis = draws.map((draw) => `${draw.ceremonyId}:${counts.get(draw.ceremonyId) ?? 0}`).join(' ');
  return keptReport(db, { kind: 'patterns', key: '', basis }, async (trx) => {
    const frozen: FrozenDraw[] = [];
    for (const draw of draws) {
      frozen.push({
        pieces: piecesOf(trx, draw.ceremonyId),
        groups: draw.groups.length,
        drawn: await readCounted(trx, draw),
      });
    }
    return countPatterns(frozen);
  });
}

/** One at a time: all draws are read in turn over the transaction's one connection. */
async function* piecesOf(trx: Knex, ceremonyId: number): AsyncGenerator<string> {
  for (let number = 1; ; number += 1) {
    const row = await trx('frozen_pieces')
      .where({ ceremony_id: ceremonyId, number })
      .first<{ records: string } | undefined>('records');
    if (!row) return;
    yield row.records;
  }
}

async function countDrawn(db: Knex): Promise<Map<number, number>> {
  const { rows } = await db.raw<{ rows: { id: number; drawn: number }[] }>(
    `select ceremony_id as id, count(*) as drawn from drawn group by ceremony_id`,
  );
  return new Map(rows.map((row) => [row.id, row.drawn]));
}

/** Whom the line drew by which they are counted. */
async function readCounted(trx: Knex, { ceremonyId, lines }: PastDraw): Promise<Set<string>> {
  const rows = await trx('drawn')
    .where({ ceremony_id: ceremonyId })
    .select<{ item: string; stratum: string; code: string; items: string[] }[]>({
      item: 'item',
      stratum: 'stratum',
      code: 'credit_code',
      items: 'items',
    });
  return new Set(
    rows.filter((row) => lines[countingLine(lines, row)]?.item === row.item).map((row) => row.code),
  );
}

/** Of all items that were ever frozen or published, by their newest version. */
export async function readItemNames(db: Knex): Promise<Map<string, string>> {
  const { rows } = await db.raw<{ rows: { code: string; name: string }[] }>(
    `select distinct on (item_code) item_code as code, name from item_versions order by item_code, version desc`,
  );
  return new Map(rows.map((row) => [row.code, row.name]));
}
