/** Fewest visits: a draw against what the departments would have drawn apart. Computed when first asked for, and kept. */
import type { Knex } from 'knex';
import { apartSeed } from '../domain/draw/apart';
import type { Manifest } from '../domain/draw/manifest';
import { linesApart } from '../domain/draw/sampled-lines';
import { entityTicketPrefix } from '../domain/draw/tickets';
import type { MergingCounts } from '../domain/visits/merging-report';
import type { CeremonyRow } from './ceremonies';
import { createSampled, readCells, sample, type Source } from './sampling';

export type DrawnCeremony = CeremonyRow & { seed: string };

export async function readMergingCounts(db: Knex, ceremony: DrawnCeremony): Promise<MergingCounts> {
  return (await readStored(db, ceremony)) ?? db.transaction((trx) => computeOnce(trx, ceremony));
}

async function readStored(db: Knex, ceremony: CeremonyRow): Promise<MergingCounts | null> {
  const row = await db('visit_reports')
    .where({ ceremony_id: ceremony.id, basis: await basisOf(db, ceremony) })
    .first<{ report: MergingCounts } | undefined>('report');
  return row?.report ?? null;
}

async function basisOf(db: Knex, { id, campaign_id }: CeremonyRow): Promise<string> {
  const { rows } = await db.raw<{ rows: [{ basis: string }] }>(
    `select (select count(*) from drawn where ceremony_id = :ceremony) || '/' ||
            (select count(*) from visits where campaign_id = :campaign) as basis`,
    { ceremony: id, campaign: campaign_id },
  );
  return rows[0].basis;
}

/** Whoever asks meanwhile waits for this one. */
async function computeOnce(trx: Knex, ceremony: DrawnCeremony): Promise<MergingCounts> {
  await trx.raw(`select pg_advisory_xact_lock(hashtext('onevisit.visit-report'), ?)`, [ceremony.id]);
  const stored = await readStored(trx, ceremony);
  if (stored) return stored;
  const counts = await compute(trx, ceremony);
  await trx('visit_reports')
    .insert({
      ceremony_id: ceremony.id,
      basis: await basisOf(trx, ceremony),
      report: JSON.stringify(counts),
      computed_at: trx.fn.now(),
    })
    .onConflict('ceremony_id')
    .merge();
  return counts;
}

async function compute(trx: Knex, ceremony: DrawnCeremony): Promise<MergingCounts> {
  const manifest = JSON.parse(ceremony.manifest) as Manifest;
  await createSampled(trx);
  await trx.raw(
    `create temp table apart (department text not null, credit_code text collate "C" not null) on commit drop`,
  );
  const cells = await readCells(trx, frozenFor(ceremony.id));
  for (const { department } of manifest.teams) {
    const own = manifest.items.filter((item) => item.department === department).map((item) => item.item);
    const prefix = entityTicketPrefix(apartSeed(ceremony.seed, department));
    await sample(trx, frozenFor(ceremony.id, own), prefix, linesApart(manifest.strata, cells, own));
    await trx.raw(`insert into apart select distinct cast(? as text), credit_code from sampled`, [
      department,
    ]);
  }
  const visits = await countVisits(trx, ceremony.campaign_id);
  const apart = await countApart(trx);
  const drawn = await countDrawn(trx, ceremony.id);
  return {
    visits: visits.get(null) ?? 0,
    timesApart: await readTimesApart(trx),
    departments: manifest.teams.map(({ department, size }) => ({
      code: department,
      teamSize: size,
      visits: visits.get(department) ?? 0,
      visitsApart: apart.get(department) ?? 0,
    })),
    lines: manifest.strata.map(({ item, stratum, size, ratio_ppm, minimum, sample: due }) => ({
      ...{ item, stratum, size, ratio_ppm, minimum },
      sample: due,
      drawn: drawn.get(`${item}/${stratum}`) ?? 0,
    })),
  };
}

/** The frozen population; with items, of those that one of them covers. */
function frozenFor(ceremonyId: number, items?: readonly string[]): Source {
  const sql = `select credit_code, region_code, stratum, items from frozen_entities where ceremony_id = :ceremony`;
  return items === undefined
    ? { sql, bindings: { ceremony: ceremonyId } }
    : {
        sql: `${sql} and items && cast(:own as text[])`,
        bindings: { ceremony: ceremonyId, own: items },
      };
}

/** By department, and all under null. */
async function countVisits(trx: Knex, campaignId: number): Promise<Map<string | null, number>> {
  const { rows } = await trx.raw<{ rows: { department: string | null; visits: number }[] }>(
    `select vi.department_code as department, count(distinct v.id) as visits
       from visits v join visit_items vi on vi.visit_id = v.id
      where v.campaign_id = ? group by grouping sets ((), (vi.department_code))`,
    [campaignId],
  );
  return new Map(rows.map((row) => [row.department, row.visits]));
}

async function countApart(trx: Knex): Promise<Map<string, number>> {
  const { rows } = await trx.raw<{ rows: { department: string; visits: number }[] }>(
    `select department, count(*) as visits from apart group by department`,
  );
  return new Map(rows.map((row) => [row.department, row.visits]));
}

async function readTimesApart(trx: Knex): Promise<MergingCounts['timesApart']> {
  const { rows } = await trx.raw<{ rows: MergingCounts['timesApart'] }>(
    `select times, count(*) as entities
       from (select count(*) as times from apart group by credit_code) one
      group by times order by times`,
  );
  return rows;
}

async function countDrawn(trx: Knex, ceremonyId: number): Promise<Map<string, number>> {
  const { rows } = await trx.raw<{ rows: { item: string; stratum: string; drawn: number }[] }>(
    `select item, stratum, count(*) as drawn from drawn where ceremony_id = ? group by item, stratum`,
    [ceremonyId],
  );
  return new Map(rows.map((row) => [`${row.item}/${row.stratum}`, row.drawn]));
}
