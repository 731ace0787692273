/** The files of the two public archives (draw protocol, sections 1 and 6). */
import canonicalize from 'canonicalize';
import type { Knex } from 'knex';
import { assignmentRows, drawnRows, visitRows } from '../db/bundle';
import { readContributions, readExclusions, readPool, type CeremonyRow } from '../db/ceremonies';
import { csvRows } from '../domain/draw/csv';
import { exclusionsCsv, inspectorsCsv } from '../domain/draw/frozen-files';
import type { Manifest } from '../domain/draw/manifest';
import { isPublicContributor } from '../domain/draw/seed';
import type { ArchiveFile } from './archive';
import { entitiesCsv, populationLines } from './frozen-lines';

/** What the commitment fixes: published before anybody seals. */
export function frozenFiles(db: Knex, ceremony: CeremonyRow): ArchiveFile[] {
  const manifest = JSON.parse(ceremony.manifest) as Manifest;
  const files: ArchiveFile[] = [
    { name: 'manifest.json', content: () => [ceremony.manifest] },
    { name: 'entities.csv', content: () => entitiesCsv(db, ceremony.id) },
    {
      name: 'inspectors.csv',
      content: () => later(async () => inspectorsCsv(await readPool(db, ceremony.id))),
    },
    {
      name: 'exclusions.csv',
      content: () => later(async () => exclusionsCsv(await readExclusions(db, ceremony.id))),
    },
  ];
  for (const { item, stratum } of manifest.strata) {
    files.push({
      name: `populations/${item === '*' ? '_joint' : item}/${stratum}.txt`,
      content: () => populationLines(db, ceremony.id, item, stratum),
    });
  }
  if (manifest.mode === 'joint') {
    for (const { item } of manifest.items) {
      files.push({
        name: `populations/${item}/_all.txt`,
        content: () => populationLines(db, ceremony.id, item, null),
      });
    }
  }
  return files;
}

/** All that is needed to compute the draw again. */
export function bundleFiles(db: Knex, campaignId: number, ceremony: CeremonyRow): ArchiveFile[] {
  return [
    ...frozenFiles(db, ceremony),
    { name: 'contributions.json', content: () => later(() => contributionsJson(db, ceremony)) },
    { name: 'drawn.csv', content: () => drawnCsv(db, ceremony.id) },
    {
      name: 'visits.csv',
      content: () =>
        csvOf(['visit', 'code', 'items'], visitRows(db, campaignId), (row) => [
          row.visit,
          row.code,
          row.items,
        ]),
    },
    {
      name: 'assignments.csv',
      content: () =>
        csvOf(['visit', 'department', 'inspector'], assignmentRows(db, campaignId), (row) => [
          row.visit,
          row.department,
          row.inspector,
        ]),
    },
  ];
}

export function drawnCsv(db: Knex, ceremonyId: number): AsyncGenerator<string> {
  return csvOf(['item', 'stratum', 'rank', 'code', 'ticket'], drawnRows(db, ceremonyId), (row) => [
    row.item,
    row.stratum,
    row.rank,
    row.code,
    row.ticket,
  ]);
}

async function contributionsJson(db: Knex, ceremony: CeremonyRow): Promise<string> {
  const contributions = await readContributions(db, ceremony.id);
  const text = canonicalize({
    commitment: ceremony.commitment,
    seals: contributions
      .filter((one) => !isPublicContributor(one.contributor))
      .map(({ contributor, seal, sealed_at }) => ({
        contributor,
        seal,
        sealed_at: sealed_at?.toISOString() ?? null,
      })),
    values: contributions.map(({ contributor, value, source, revealed_at }) => ({
      contributor,
      value,
      source,
      revealed_at: revealed_at?.toISOString() ?? null,
    })),
    seed: ceremony.seed,
  });
  return text ?? '';
}

async function* withHeader(header: string[], lines: AsyncIterable<string>): AsyncGenerator<string> {
  yield csvRows([header]);
  yield* lines;
}

function csvOf<Row>(
  header: string[],
  batches: AsyncIterable<Row[]>,
  cells: (row: Row) => (string | number | null)[],
): AsyncGenerator<string> {
  return withHeader(header, rows());
  async function* rows() {
    for await (const batch of batches) yield csvRows(batch.map(cells));
  }
}

async function* later(text: () => Promise<string>): AsyncGenerator<string> {
  yield await text();
}
