/** Fewest visits: a draw against what the departments would have drawn apart. Computed when first asked for, and kept. */
import type { Knex } from 'knex';
import { sizedStrata, standingStrata } from '../domain/amendments';
import { apartSeed } from '../domain/draw/apart';
import type { Manifest } from '../domain/draw/manifest';
import { groupAt, RECORD_BYTES, type PopulationGroup } from '../domain/draw/records';
import { linesApart, type Cell, type SampledLine } from '../domain/draw/sampled-lines';
import { Sampler } from '../domain/draw/sampler';
import { groupBy } from '../domain/group-by';
import type { MergingCounts } from '../domain/visits/merging-report';
import { readEntries } from './amendments';
import type { CeremonyRow } from './ceremonies';
import { readGroups, readPieces } from './frozen';

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
  const strata = sizedStrata(manifest, standingStrata(manifest, await readEntries(trx, ceremony.id)));
  const drawAll = (useLimits: boolean) => drawApart(trx, ceremony, { ...manifest, strata }, useLimits);
  const apart = (await drawAll(true)) ?? (await drawAll(false));
  if (!apart) throw new Error('a stratum has fewer entities than its sample');
  const visits = await countVisits(trx, ceremony.campaign_id);
  const drawn = await countDrawn(trx, ceremony.id);
  return {
    visits: visits.get(null) ?? 0,
    timesApart: timesOf([...apart.values()]),
    departments: manifest.teams.map(({ department, size }) => ({
      code: department,
      teamSize: size,
      visits: visits.get(department) ?? 0,
      visitsApart: apart.get(department)?.size ?? 0,
    })),
    lines: strata.map(({ item, stratum, size, ratio_ppm, minimum, sample: due }) => ({
      ...{ item, stratum, size, ratio_ppm, minimum },
      sample: due,
      drawn: drawn.get(`${item}/${stratum}`) ?? 0,
    })),
  };
}

/** Whom each department would have drawn for itself; null where the limits were too low (domain/draw/sampler.ts). */
async function drawApart(
  trx: Knex,
  ceremony: DrawnCeremony,
  { teams, items, strata }: Pick<Manifest, 'teams' | 'items'> & { strata: readonly SampledLine[] },
  useLimits: boolean,
): Promise<Map<string, Set<string>> | null> {
  const groups = await readGroups(trx, ceremony.id);
  const cells = await countCells(trx, ceremony.id, groups);
  const samplers = teams.map(({ department }) => {
    const own = items.filter((item) => item.department === department).map((item) => item.item);
    // What no item of the department covers is in none of its strata.
    const covered = groups.map((group) =>
      group.items.some((item) => own.includes(item)) ? group : { stratum: '', items: [] },
    );
    const lines = linesApart(strata, cells, own);
    const sampler = new Sampler(apartSeed(ceremony.seed, department), lines, covered, useLimits);
    return { department, sampler };
  });
  for await (const records of readPieces(trx, ceremony.id)) {
    for (const { sampler } of samplers) sampler.add(records);
  }
  if (samplers.some(({ sampler }) => sampler.missed)) return null;
  return new Map(
    samplers.map(({ department, sampler }) => [
      department,
      new Set(Array.from(sampler.drawn(), (one) => one.code)),
    ]),
  );
}

/** How many entities each group has. */
async function countCells(
  trx: Knex,
  ceremonyId: number,
  groups: readonly PopulationGroup[],
): Promise<Cell[]> {
  const sizes = groups.map(() => 0);
  for await (const text of readPieces(trx, ceremonyId)) {
    const records = Buffer.from(text, 'latin1');
    for (let at = 0; at < records.length / RECORD_BYTES; at += 1) {
      const group = groupAt(records, at);
      sizes[group] = (sizes[group] ?? 0) + 1;
    }
  }
  return groups.map((group, at) => ({ ...group, size: sizes[at] ?? 0 }));
}

function timesOf(drawn: readonly ReadonlySet<string>[]): MergingCounts['timesApart'] {
  const times = new Map<string, number>();
  for (const codes of drawn) for (const code of codes) times.set(code, (times.get(code) ?? 0) + 1);
  return [...groupBy([...times.values()], (one) => one)]
    .map(([one, all]) => ({ times: one, entities: all.length }))
    .sort((a, b) => a.times - b.times);
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

async function countDrawn(trx: Knex, ceremonyId: number): Promise<Map<string, number>> {
  const { rows } = await trx.raw<{ rows: { item: string; stratum: string; drawn: number }[] }>(
    `select item, stratum, count(*) as drawn from drawn where ceremony_id = ? group by item, stratum`,
    [ceremonyId],
  );
  return new Map(rows.map((row) => [`${row.item}/${row.stratum}`, row.drawn]));
}
