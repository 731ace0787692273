import type { CeremonyLine } from '../../domain/draw/ceremony-lines';
import type { Manifest } from '../../domain/draw/manifest';
import { checkAmendments } from './amendments';
import { checkComplete, checkRules, checkWorkload, needsOf } from './assignments';
import { checkSeed, checkWitnessed, givenValues, readContributions } from './ceremony';
import { checkDrawnCeremony, checkVoid, readCeremonies, type OwnCeremony } from './ended-ceremonies';
import { explain, type CompanyAnswer } from './explain';
import {
  checkFileSet,
  checkPartition,
  checkSums,
  isFrozenArchive,
  readPool,
  readPopulations,
} from './frozen-lists';
import { readManifest } from './manifest';
import { checkMatching } from './matching';
import { readArchive } from './read-archive';
import { readRecord } from './record-chain';
import { Found, Report, type CheckOutcome } from './report';
import { checkDrawn, checkSamples, checkVisits } from './sample';
import { Standing } from './standing';
import { digestOf, textOf } from './texts';

/** What somebody wrote down when it was published, what is published beside the bundle, and whom they ask about. */
export interface Asked {
  commitment?: string;
  sha256?: string;
  /** Seals and values by contributor. */
  seals?: ReadonlyMap<string, string>;
  values?: ReadonlyMap<string, string>;
  /** record.jsonl and ceremonies.jsonl. */
  record?: Buffer;
  ceremonies?: Buffer;
  company?: string;
}

export interface Verification {
  ok: boolean;
  /** SHA-256 of the whole file. */
  bundle: string;
  /** The frozen files of a ceremony, from which nothing is drawn here. */
  frozen: boolean;
  campaign?: string;
  mode?: Manifest['mode'];
  commitment?: string;
  seed?: string;
  checks: CheckOutcome[];
  /** Length of the record, and the SHA-256 of its last line: what was cut off at the end shows there only. */
  record?: { lines: number; last: string | null };
  ceremonies?: CeremonyLine[];
  company?: CompanyAnswer;
}

/** Checks a public bundle from what is public alone (draw protocol, section 6); never throws for what is wrong in it. */
export async function verifyBundle(bundle: Buffer, asked: Asked = {}): Promise<Verification> {
  const report = new Report();
  const sha256 = digestOf(bundle);
  if (asked.sha256 !== undefined) {
    report.run('published', (add) => {
      if (asked.sha256 !== sha256) add(`文件包的 SHA-256 是 ${sha256}，公布的是 ${asked.sha256 ?? ''}`);
    });
  }
  const found = await readArchive(bundle).then(
    (files) => report.run('archive', () => checkFiles(report, files, { ...asked, archive: sha256 })),
    (error: unknown) =>
      report.run('archive', () => {
        throw error;
      }),
  );
  const findings = { frozen: false, ...found };
  return { ok: report.holds(findings.frozen), bundle: sha256, ...findings, checks: report.outcomes() };
}

type Findings = Omit<Verification, 'ok' | 'bundle' | 'checks'>;

function checkFiles(
  report: Report,
  files: ReadonlyMap<string, Buffer>,
  asked: Asked & { archive: string },
): Findings {
  report.run('sums', (add) => checkSums(files, add));
  const manifest = report.run('manifest', (add) => readManifest(textOf(files, 'manifest.json'), add));
  const commitment = digestOf(files.get('manifest.json') ?? Buffer.alloc(0));
  if (asked.commitment !== undefined) {
    report.run('published', (add) => {
      if (asked.commitment !== commitment)
        add(`清单的承诺值是 ${commitment}，事先公布的不同：清单被改过，或不是同一次抽取`);
    });
  }
  const isFrozen = isFrozenArchive(files);
  if (!manifest) return { frozen: isFrozen };
  const findings: Findings = {
    frozen: isFrozen,
    campaign: manifest.campaign,
    mode: manifest.mode,
    commitment,
  };
  const ceremonies = checkCeremonies(
    report,
    files,
    { manifest, commitment, isFrozen, archive: asked.archive },
    asked,
  );
  if (ceremonies) findings.ceremonies = ceremonies;
  report.run('archive', (add) => checkFileSet(manifest, files, add));
  const populations = report.run('populations', (add) => readPopulations(manifest, files, add));
  report.run('samples', (add) => checkSamples(manifest, add));
  const pool = report.run('pool', (add) => readPool(manifest, files, add));
  const regions =
    populations && report.run('partition', (add) => checkPartition(manifest, populations, files, add));
  if (isFrozen) {
    if (asked.record) report.run('chain', (add) => add('这是冻结的名录，没有抽取结果，记录无从核对'));
    return findings;
  }
  const given = report.run('contributions', (add) =>
    readContributions(manifest, commitment, textOf(files, 'contributions.json'), add),
  );
  const seed = given && report.run('seed', (add) => checkSeed(commitment, given, add));
  if (seed) findings.seed = seed;
  const drawn =
    populations && seed && report.run('drawn', (add) => checkDrawn(populations, seed, files, add));
  const visits = drawn && report.run('visits', (add) => checkVisits(populations, drawn, files, add));
  if (!visits || !regions || !pool) return findings;
  const needs = needsOf(manifest, visits, regions);
  const teams = report.run('rules', (add) => checkRules(needs, pool, files, add));
  if (!teams) return findings;
  report.run('complete', (add) => checkComplete(pool, teams, add));
  report.run('workload', (add) => checkWorkload(pool, teams, add));
  report.run('matching', (add) => checkMatching(needs, pool, seed, files, add));
  const standing = new Standing({ manifest, populations, seed, visits, regions, pool, teams });
  const { record } = asked;
  if (record) {
    const ceremony = ceremonies?.at(-1)?.ceremony ?? null;
    const draw = { campaign: manifest.campaign, bundle: asked.archive, drawnAt: given.latest, ceremony };
    const lines = report.run('chain', (add) => readRecord(record, draw, add));
    if (lines) {
      findings.record = { lines: lines.length, last: lines.at(-1)?.digest ?? null };
      const entries = lines.map((line) => line.value);
      checkAmendments(report, standing, entries);
    }
  }
  if (asked.company !== undefined) findings.company = explain(asked.company, standing);
  return findings;
}

/** The ceremonies beside the bundle, and what was witnessed of its own. */
function checkCeremonies(
  report: Report,
  files: ReadonlyMap<string, Buffer>,
  own: OwnCeremony,
  { ceremonies: content, seals, values }: Asked,
): CeremonyLine[] | null {
  const given = () => (own.isFrozen ? null : givenValues(textOf(files, 'contributions.json')));
  const ceremonies = content ? report.run('ceremonies', (add) => readCeremonies(content, own, add)) : null;
  if (ceremonies) {
    report.run('void', (add) => checkVoid(ceremonies, add));
    if (!own.isFrozen) {
      report.run('ceremonies', (add) => checkDrawnCeremony(ceremonies, own, given(), add));
    }
  }
  if (seals || values) {
    report.run('published', (add) => {
      const known = given() ?? ceremonies?.find((one) => one.commitment === own.commitment);
      if (!known) throw new Found('名录文件里没有封存值和随机值，请同时给出仪式记录');
      checkWitnessed(known, { ...(seals ? { seals } : {}), ...(values ? { values } : {}) }, add);
    });
  }
  return ceremonies;
}
