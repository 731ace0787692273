import type { Manifest } from '../../domain/draw/manifest';
import { checkComplete, checkRules, checkWorkload, needsOf } from './assignments';
import { checkSeed, checkWitnessed, readContributions } from './ceremony';
import { explain, type CompanyAnswer } from './explain';
import { checkFileSet, checkPartition, checkSums, readPool, readPopulations } from './frozen-lists';
import { readManifest } from './manifest';
import { checkMatching } from './matching';
import { readArchive } from './read-archive';
import { Report, type CheckOutcome } from './report';
import { checkDrawn, checkSamples, checkVisits } from './sample';
import { digestOf, textOf } from './texts';

/** What somebody wrote down when it was published, and whom they ask about. */
export interface Asked {
  commitment?: string;
  sha256?: string;
  /** Seals and values by contributor. */
  seals?: ReadonlyMap<string, string>;
  values?: ReadonlyMap<string, string>;
  company?: string;
}

export interface Verification {
  ok: boolean;
  /** SHA-256 of the whole file. */
  bundle: string;
  campaign?: string;
  mode?: Manifest['mode'];
  commitment?: string;
  seed?: string;
  checks: CheckOutcome[];
  company?: CompanyAnswer;
}

/** Checks a public bundle from the bundle alone (draw protocol, section 6); never throws for what is wrong in it. */
export async function verifyBundle(bundle: Buffer, asked: Asked = {}): Promise<Verification> {
  const report = new Report();
  const sha256 = digestOf(bundle);
  if (asked.sha256 !== undefined) {
    report.run('published', (add) => {
      if (asked.sha256 !== sha256) add(`文件包的 SHA-256 是 ${sha256}，公布的是 ${asked.sha256 ?? ''}`);
    });
  }
  const found = await readArchive(bundle).then(
    (files) => report.run('archive', () => checkFiles(report, files, asked)),
    (error: unknown) =>
      report.run('archive', () => {
        throw error;
      }),
  );
  return { ok: report.holds(), bundle: sha256, ...found, checks: report.outcomes() };
}

type Findings = Omit<Verification, 'ok' | 'bundle' | 'checks'>;

function checkFiles(report: Report, files: ReadonlyMap<string, Buffer>, asked: Asked): Findings {
  report.run('sums', (add) => checkSums(files, add));
  const manifest = report.run('manifest', (add) => readManifest(textOf(files, 'manifest.json'), add));
  const commitment = digestOf(files.get('manifest.json') ?? Buffer.alloc(0));
  if (asked.commitment !== undefined) {
    report.run('published', (add) => {
      if (asked.commitment !== commitment)
        add(`清单的承诺值是 ${commitment}，事先公布的不同：清单被改过，或不是同一次抽取`);
    });
  }
  if (asked.seals || asked.values) {
    report.run('published', (add) => checkWitnessed(textOf(files, 'contributions.json'), asked, add));
  }
  if (!manifest) return {};
  const findings: Findings = { campaign: manifest.campaign, mode: manifest.mode, commitment };
  report.run('archive', (add) => checkFileSet(manifest, files, add));
  const populations = report.run('populations', (add) => readPopulations(manifest, files, add));
  report.run('samples', (add) => checkSamples(manifest, add));
  const pool = report.run('pool', (add) => readPool(manifest, files, add));
  const given = report.run('contributions', (add) =>
    readContributions(manifest, commitment, textOf(files, 'contributions.json'), add),
  );
  const seed = given && report.run('seed', (add) => checkSeed(commitment, given, add));
  if (seed) findings.seed = seed;
  const regions =
    populations && report.run('partition', (add) => checkPartition(manifest, populations, files, add));
  const drawn =
    populations && seed && report.run('drawn', (add) => checkDrawn(populations, seed, files, add));
  const visits = drawn && report.run('visits', (add) => checkVisits(populations, drawn, files, add));
  if (!visits || !regions) return findings;
  const needs = needsOf(manifest, visits, regions);
  const teams = pool && report.run('rules', (add) => checkRules(needs, pool, files, add));
  if (teams) {
    report.run('complete', (add) => checkComplete(pool, teams, add));
    report.run('workload', (add) => checkWorkload(pool, teams, add));
    report.run('matching', (add) => checkMatching(needs, pool, seed, files, add));
  }
  if (asked.company !== undefined) {
    findings.company = explain(asked.company, { populations, seed, drawn, visits, teams });
  }
  return findings;
}
