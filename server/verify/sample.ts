/** Who is drawn, and the visits (draw protocol, sections 1, 3 and 4). */
import { csvText } from '../../domain/draw/csv';
import type { Manifest } from '../../domain/draw/manifest';
import { sampleSize } from '../../domain/draw/sample-size';
import { entityTicket } from '../../domain/draw/tickets';
import { merge, type MergedVisit } from '../../domain/visits/merge';
import { CSV_COLUMNS, type Populations, type StratumLine } from './frozen-lists';
import type { Add } from './report';
import { mustBe } from './texts';

export interface DrawnEntity {
  item: string;
  stratum: string;
  rank: number;
  code: string;
  ticket: string;
}

export function checkSamples(manifest: Manifest, add: Add): void {
  for (const { item, stratum, size, ratio_ppm, minimum, sample } of manifest.strata) {
    const expected = sampleSize(size, ratio_ppm, minimum);
    if (sample !== expected) add(`层 ${item}/${stratum} 应抽 ${expected} 户，清单写 ${sample} 户`);
  }
}

export function checkDrawn(
  populations: Populations,
  seed: string,
  files: ReadonlyMap<string, Buffer>,
  add: Add,
): DrawnEntity[] {
  const drawn = populations.strata.flatMap(({ line, codes }) => drawStratum(line, codes, seed));
  const rows = drawn.map(({ item, stratum, rank, code, ticket }) => [item, stratum, rank, code, ticket]);
  mustBe(files, 'drawn.csv', csvText(CSV_COLUMNS['drawn.csv'], rows), add);
  return drawn;
}

export function drawStratum(
  { item, stratum, ratio_ppm, minimum }: StratumLine,
  codes: readonly string[],
  seed: string,
) {
  return codes
    .map((code) => ({ code, ticket: entityTicket(seed, code) }))
    .sort(byTicket)
    .slice(0, sampleSize(codes.length, ratio_ppm, minimum))
    .map(({ code, ticket }, at) => ({ item, stratum, rank: at + 1, code, ticket }));
}

export const byTicket = (a: { ticket: string }, b: { ticket: string }): number =>
  a.ticket < b.ticket ? -1 : Number(a.ticket !== b.ticket);

export function checkVisits(
  populations: Populations,
  drawn: readonly DrawnEntity[],
  files: ReadonlyMap<string, Buffer>,
  add: Add,
): MergedVisit[] {
  const itemsOf = new Map(drawn.map(({ code }) => [code, [] as string[]]));
  for (const [item, codes] of populations.items) {
    for (const code of codes) itemsOf.get(code)?.push(item);
  }
  const visits = merge(drawn, (code) => itemsOf.get(code) ?? []);
  const rows = visits.map(({ visit, code, items }) => [visit, code, items.join(';')]);
  mustBe(files, 'visits.csv', csvText(CSV_COLUMNS['visits.csv'], rows), add);
  return visits;
}
