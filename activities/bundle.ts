import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import canonicalize from 'canonicalize';
import type { Knex } from 'knex';
import { ZipFile } from 'yazl';
import { readAssignmentRows, readDrawn, readEntitiesCsv, readPopulation, readVisitRows } from '../db/bundle';
import { readContributions, readExclusions, readPool, type CeremonyRow } from '../db/ceremonies';
import { csvText } from '../domain/draw/csv';
import { exclusionsCsv, inspectorsCsv } from '../domain/draw/frozen-files';
import { byBytes, type Manifest } from '../domain/draw/manifest';
import { isPublicContributor } from '../domain/draw/seed';

/** The public ZIP of one draw (draw protocol, section 6). */
export async function buildBundle(
  db: Knex,
  campaignId: number,
  ceremony: CeremonyRow,
): Promise<{ bundle: Buffer; sha256: string }> {
  const files = await filesOf(db, campaignId, ceremony);
  const sums = files
    .map(({ name, text }) => `${createHash('sha256').update(text, 'utf8').digest('hex')}  ${name}\n`)
    .join('');
  const zip = new ZipFile();
  // Nothing of the machine or the hour of building goes in.
  const options = { mtime: new Date(1980, 0, 1), mode: 0o100644, forceDosTimestamp: true };
  for (const { name, text } of [...files, { name: 'SHA256SUMS', text: sums }]) {
    zip.addBuffer(Buffer.from(text, 'utf8'), name, options);
  }
  zip.end();
  const bundle = await buffer(zip.outputStream);
  return { bundle, sha256: createHash('sha256').update(bundle).digest('hex') };
}

async function filesOf(
  db: Knex,
  campaignId: number,
  ceremony: CeremonyRow,
): Promise<{ name: string; text: string }[]> {
  const manifest = JSON.parse(ceremony.manifest) as Manifest;
  const files = [
    { name: 'manifest.json', text: ceremony.manifest },
    { name: 'contributions.json', text: await contributionsJson(db, ceremony) },
    { name: 'entities.csv', text: await readEntitiesCsv(db, ceremony.id) },
    { name: 'inspectors.csv', text: inspectorsCsv(await readPool(db, ceremony.id)) },
    { name: 'exclusions.csv', text: exclusionsCsv(await readExclusions(db, ceremony.id)) },
    { name: 'drawn.csv', text: await drawnCsv(db, ceremony.id) },
    { name: 'visits.csv', text: await visitsCsv(db, campaignId) },
    { name: 'assignments.csv', text: await assignmentsCsv(db, campaignId) },
  ];
  for (const { item, stratum } of manifest.strata) {
    files.push({
      name: `populations/${item === '*' ? '_joint' : item}/${stratum}.txt`,
      text: await readPopulation(db, ceremony.id, item === '*' ? null : item, stratum),
    });
  }
  if (manifest.mode === 'joint') {
    for (const { item } of manifest.items) {
      files.push({
        name: `populations/${item}/_all.txt`,
        text: await readPopulation(db, ceremony.id, item, null),
      });
    }
  }
  return files.sort((a, b) => byBytes(a.name, b.name));
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

async function drawnCsv(db: Knex, ceremonyId: number): Promise<string> {
  const rows = await readDrawn(db, ceremonyId);
  return csvText(
    ['item', 'stratum', 'rank', 'code', 'ticket'],
    rows.map(({ item, stratum, rank, code, ticket }) => [item, stratum, rank, code, ticket]),
  );
}

async function visitsCsv(db: Knex, campaignId: number): Promise<string> {
  const rows = await readVisitRows(db, campaignId);
  return csvText(
    ['visit', 'code', 'items'],
    rows.map(({ visit, code, items }) => [visit, code, items]),
  );
}

async function assignmentsCsv(db: Knex, campaignId: number): Promise<string> {
  const rows = await readAssignmentRows(db, campaignId);
  return csvText(
    ['visit', 'department', 'inspector'],
    rows.map(({ visit, department, inspector }) => [visit, department, inspector]),
  );
}
