/** What a forger computes again, with the system's own code, so that a change is harder to see. */
import canonicalize from 'canonicalize';
import { csvText } from '../../domain/draw/csv';
import { hash } from '../../domain/draw/hash';
import { byBytes, type FrozenFile, type Manifest } from '../../domain/draw/manifest';
import { sampleSize } from '../../domain/draw/sample-size';
import { isPublicContributor, sealOf, seedOf } from '../../domain/draw/seed';
import { match } from '../../domain/matching/match';
import { merge } from '../../domain/visits/merge';
import { needsOf } from '../../server/verify/assignments';
import { CSV_COLUMNS, readPool, readPopulations } from '../../server/verify/frozen-lists';
import { checkDrawn } from '../../server/verify/sample';
import type { BundleFiles, Contributions } from './bundle-files';

/**
 * `edit`: nothing. `sums`: SHA256SUMS. `digests`: the manifest's sizes, digests and samples, and the commitment too.
 * `all`: everything that follows from what was changed, to the last file.
 */
export const EFFORTS = ['edit', 'sums', 'digests', 'all'] as const;
export type Effort = (typeof EFFORTS)[number];

/** What was changed, in the order in which one follows from the other. */
export const ORIGINS = ['lists', 'manifest', 'values', 'seed', 'drawn', 'visits', 'assignments'] as const;
export type Origin = (typeof ORIGINS)[number];

export function repair(bundle: BundleFiles, effort: Effort, origin: Origin): void {
  if (effort === 'edit') return;
  const follows = (part: Origin) => ORIGINS.indexOf(origin) < ORIGINS.indexOf(part);
  if (effort === 'digests' || effort === 'all') {
    if (origin === 'lists') repairManifest(bundle);
    if (follows('values')) editContributions(bundle, (given) => (given.commitment = commitmentOf(bundle)));
  }
  if (effort === 'all') {
    if (follows('seed')) {
      editContributions(bundle, (given) => repairSeals(bundle, given));
      editContributions(bundle, (given) => (given.seed = seedFor(bundle, given)));
    }
    if (follows('drawn')) asFarAsPossible(() => repairDrawn(bundle));
    if (follows('visits')) asFarAsPossible(() => repairVisits(bundle));
    if (follows('assignments')) asFarAsPossible(() => repairAssignments(bundle));
  }
  bundle.writeSums();
}

/** From lists that make no sense nothing follows: the forger leaves it as it is. */
function asFarAsPossible(step: () => void): void {
  try {
    step();
  } catch {
    // The bundle shows it anyway.
  }
}

const commitmentOf = (bundle: BundleFiles) => hash(bundle.text('manifest.json'));
const ignore = () => undefined;

function repairManifest(bundle: BundleFiles): void {
  const manifest = bundle.manifest();
  for (const line of manifest.strata) {
    const folder = line.item === '*' ? '_joint' : line.item;
    Object.assign(line, fileOf(bundle.text(`populations/${folder}/${line.stratum}.txt`)));
    line.sample = sampleSize(line.size, line.ratio_ppm, line.minimum);
  }
  for (const { item, population } of manifest.items) {
    const own = manifest.strata.filter((line) => line.item === item);
    const text =
      manifest.mode === 'joint'
        ? bundle.text(`populations/${item}/_all.txt`)
        : own
            .flatMap((line) =>
              bundle.text(`populations/${item}/${line.stratum}.txt`).split('\n').slice(0, -1),
            )
            .sort(byBytes)
            .map((code) => `${code}\n`)
            .join('');
    Object.assign(population, fileOf(text));
  }
  for (const name of ['entities', 'inspectors', 'exclusions'] as const) {
    const text = bundle.text(`${name}.csv`);
    manifest[name] = { size: text.split('\n').length - 2, digest: hash(text) };
  }
  bundle.write('manifest.json', canonicalize(manifest) ?? '');
}

const fileOf = (text: string): FrozenFile => ({ size: text.split('\n').length - 1, digest: hash(text) });

function editContributions(bundle: BundleFiles, change: (given: Contributions) => void): void {
  const given = bundle.contributions();
  change(given);
  bundle.write('contributions.json', canonicalize(given) ?? '');
}

function repairSeals(bundle: BundleFiles, given: Contributions): void {
  for (const one of given.seals) {
    const value = given.values.find((each) => each.contributor === one.contributor)?.value ?? '';
    one.seal = sealOf(commitmentOf(bundle), one.contributor, value);
  }
  const { contributors } = bundle.manifest();
  given.seals = given.seals.filter((one) => contributors.includes(one.contributor));
  given.values = given.values.filter((one) => contributors.includes(one.contributor));
  for (const contributor of contributors) {
    if (given.values.some((one) => one.contributor === contributor)) continue;
    const value = 'a value that was never sealed';
    const at = given.values.find(
      (one) => isPublicContributor(one.contributor) === isPublicContributor(contributor),
    );
    given.values.push({ contributor, value, source: null, revealed_at: at?.revealed_at ?? '' });
    if (isPublicContributor(contributor)) continue;
    const seal = sealOf(commitmentOf(bundle), contributor, value);
    given.seals.push({ contributor, seal, sealed_at: given.seals[0]?.sealed_at ?? '' });
  }
}

function seedFor(bundle: BundleFiles, given: Contributions): string {
  const valueOf = (contributor: string) =>
    given.values.find((one) => one.contributor === contributor)?.value ?? '';
  const { contributors } = bundle.manifest();
  return seedOf(
    commitmentOf(bundle),
    contributors.map((contributor) => ({ contributor, value: valueOf(contributor) })),
  );
}

const populationsOf = (bundle: BundleFiles, manifest: Manifest) =>
  readPopulations(manifest, bundle.files, ignore);

function repairDrawn(bundle: BundleFiles): void {
  const populations = populationsOf(bundle, bundle.manifest());
  const drawn = checkDrawn(populations, bundle.contributions().seed, bundle.files, ignore);
  const rows = drawn.map(({ item, stratum, rank, code, ticket }) => [item, stratum, rank, code, ticket]);
  bundle.write('drawn.csv', csvText(CSV_COLUMNS['drawn.csv'], rows));
}

function repairVisits(bundle: BundleFiles): void {
  const { items } = populationsOf(bundle, bundle.manifest());
  const drawn = bundle
    .rows('drawn.csv')
    .map(([item = '', , , code = '', ticket = '']) => ({ item, code, ticket }));
  const visits = merge(drawn, (code) =>
    [...items].filter(([, codes]) => codes.includes(code)).map(([item]) => item),
  );
  const rows = visits.map(({ visit, code, items: own }) => [visit, code, own.join(';')]);
  bundle.write('visits.csv', csvText(CSV_COLUMNS['visits.csv'], rows));
}

/** What the visits of the bundle need, as they stand there. */
export function needsIn(bundle: BundleFiles) {
  const visits = bundle
    .rows('visits.csv')
    .map(([visit, code = '', items = '']) => ({ visit: Number(visit), code, items: items.split(';') }));
  const regions = new Map(bundle.rows('entities.csv').map(([code = '', region = '']) => [code, region]));
  return needsOf(bundle.manifest(), visits, regions);
}

export const poolIn = (bundle: BundleFiles) => readPool(bundle.manifest(), bundle.files, ignore);

function repairAssignments(bundle: BundleFiles): void {
  const { inspectors, exclusions } = poolIn(bundle);
  const { assignments } = match(needsIn(bundle), inspectors, exclusions, bundle.contributions().seed);
  const rows = assignments.map(({ visit, department, inspector }) => [String(visit), department, inspector]);
  bundle.write('assignments.csv', csvText(CSV_COLUMNS['assignments.csv'], rows.sort(byAssignment)));
}

export const byAssignment = (a: readonly string[], b: readonly string[]): number =>
  Number(a[0]) - Number(b[0]) || byBytes(a[1] ?? '', b[1] ?? '') || byBytes(a[2] ?? '', b[2] ?? '');
