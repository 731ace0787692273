import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { CeremonyLine } from '../../domain/draw/ceremony-lines';
import type { RecordEntry } from '../../domain/draw/record';
import type { CompanyAnswer } from '../../server/verify/explain';
import { verifyBundle } from '../../server/verify/verify-bundle';
import { BundleFiles } from './bundle-files';
import { drawnBundles, type DrawnBundle, type Mode } from './drawn-bundles';
import { BESIDE_TAMPERINGS } from './tamperings';
import type { BesideTampering, LineEffort, Scene } from './tamperings/beside';
import { drop, python, VERIFIERS, withPage, type Handed, type Verdict } from './verifiers';

const ALL = Object.values(BESIDE_TAMPERINGS).flat();
const NAMES = Object.keys(VERIFIERS) as (keyof typeof VERIFIERS)[];
const MODES: Mode[] = ['joint', 'per_item'];
const EFFORTS: LineEffort[] = ['edit', 'all'];
const BESIDE = ['chain', 'replacements', 'supplement', 'ceremonies', 'void'];

let drawn: Record<Mode, DrawnBundle>;
const honest: { name: string; mode: Mode; handed: Handed }[] = [];
const forged: { tampering: BesideTampering; effort: LineEffort; handed: Handed }[] = [];
/** By verifier, in the order of `honest`, then `forged`. */
const verdicts = new Map<string, Verdict[]>();

beforeAll(async () => {
  drawn = await drawnBundles();
  for (const mode of MODES) {
    const { bundle, record, ceremonies, frozen } = drawn[mode];
    honest.push({ name: 'all', mode, handed: { bundle, record, ceremonies } });
    honest.push({ name: 'record', mode, handed: { bundle, record } });
    honest.push({ name: 'empty record', mode, handed: { bundle, record: Buffer.alloc(0) } });
    for (const one of frozen) honest.push({ name: 'frozen', mode, handed: { bundle: one, ceremonies } });
    honest.push({ name: 'frozen alone', mode, handed: { bundle: frozen[0] ?? bundle } });
  }
  for (const tampering of ALL) {
    const scene = await sceneOf(tampering.mode);
    for (const effort of EFFORTS.filter((one) => tampering.found[one] !== undefined)) {
      forged.push({ tampering, effort, handed: await tampering.forge(scene, effort) });
    }
  }
  for (const name of NAMES) {
    const handed = [...honest, ...forged].map((one) => one.handed);
    verdicts.set(name, await VERIFIERS[name](handed, null));
  }
}, 600_000);

async function sceneOf(mode: Mode): Promise<Scene> {
  const own = drawn[mode];
  return {
    drawn: own,
    other: drawn[mode === 'joint' ? 'per_item' : 'joint'],
    bundle: await BundleFiles.of(own.bundle),
    record: linesOf<RecordEntry>(own.record),
    ceremonies: linesOf<CeremonyLine>(own.ceremonies),
  };
}

const linesOf = <T>(content: Buffer): T[] =>
  content
    .toString('utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as T);

const verdictOn = (name: string, at: number): Verdict => {
  const verdict = verdicts.get(name)?.[at];
  if (!verdict) throw new Error(`${name} said nothing about number ${at}`);
  return verdict;
};

describe.each(NAMES)('%s', (name) => {
  test('what the system published holds: draws with every kind of change, and void ceremonies', () => {
    honest.forEach((one, at) => {
      const { ok, held, failed, problems } = verdictOn(name, at);
      const beside = held.filter((id) => BESIDE.includes(id));
      const expected = {
        all: BESIDE,
        record: BESIDE.slice(0, 3),
        'empty record': BESIDE.slice(0, 3),
        frozen: BESIDE.slice(3),
        'frozen alone': [],
      }[one.name];
      expect({ ...one, handed: null, ok, failed, problems, beside }).toEqual({
        ...one,
        handed: null,
        ok: true,
        failed: [],
        problems: [],
        beside: expected,
      });
    });
  });

  test.each(ALL.map((one): [string, BesideTampering] => [`${one.name} (${one.mode})`, one]))(
    'finds: %s',
    (_, tampering) => {
      const own = forged.flatMap((one, at) => (one.tampering === tampering ? [{ ...one, at }] : []));
      expect(own.length).toBeGreaterThan(0);
      for (const { effort, at } of own) {
        expect({ effort, ...verdictOn(name, honest.length + at) }).toMatchObject({
          effort,
          ok: false,
          failed: expect.arrayContaining([tampering.found[effort]]) as unknown,
          problems: expect.arrayContaining([expect.any(String)]) as unknown,
        });
      }
    },
  );
});

test('the changes of the tests are of every kind', () => {
  for (const mode of MODES) {
    const record = linesOf<RecordEntry>(drawn[mode].record);
    expect(record.map((one) => one.kind)).toEqual([
      'replacement',
      'replacement',
      'supplement',
      'replacement',
      'supplement',
      ...Array<string>(3).fill('replacement'),
    ]);
    const changes = record.flatMap((one) => one.changes);
    expect(changes.some((one) => one.by === null)).toBe(true);
    expect(record.some((one) => one.kind === 'supplement' && one.changes.length > 0)).toBe(
      mode === 'per_item',
    );
    const outcomes = linesOf<CeremonyLine>(drawn[mode].ceremonies).map((one) => [one.outcome, one.withheld]);
    expect(outcomes).toEqual([
      ['void', ['XFJ']],
      ['void', ['WJW']],
      ['drawn', []],
    ]);
  }
});

describe('one company, after the record', () => {
  /** Drawn by the second supplement; visited by others than were drawn to go; both as they are now. */
  async function asked(): Promise<CompanyAnswer[]> {
    const { bundle, record } = drawn.joint;
    const lines = linesOf<RecordEntry>(record);
    const added = lines.findLast((one) => one.kind === 'supplement')?.visits.at(-1)?.code ?? '';
    const handed = lines[0]?.kind === 'replacement' ? lines[0].changes[0]?.visit : undefined;
    const visits = (await BundleFiles.of(bundle)).rows('visits.csv');
    const changed = visits.find((row) => row[0] === String(handed))?.[1] ?? '';
    return Promise.all(
      [added, changed].map(async (company) => {
        const { company: answer } = await verifyBundle(bundle, { record, company });
        if (!answer) throw new Error('no answer');
        return answer;
      }),
    );
  }

  test('the command says who was drawn by a supplement, and who goes now', async () => {
    const [added, changed] = await asked();
    const lines = linesOf<RecordEntry>(drawn.joint.record);
    expect(added).toMatchObject({ listed: true, drawn: true });
    expect(added?.visit?.record[0]).toBe(5);
    const [first] = lines;
    if (first?.kind !== 'replacement') throw new Error('the first change is a replacement');
    const team = changed?.visit?.teams['SCJG'] ?? [];
    expect(changed?.visit?.record).toContain(1);
    expect(team).not.toContain(first.inspector);
    const { company } = await verifyBundle(drawn.joint.bundle, { company: added?.code ?? '' });
    expect(company).toMatchObject({ drawn: false, visit: null });
  });

  test('verify.py and the page say the same', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'onevisit-company-'));
    const [bundle, record] = [path.join(folder, 'bundle.zip'), path.join(folder, 'record.jsonl')];
    try {
      writeFileSync(bundle, drawn.joint.bundle);
      writeFileSync(record, drawn.joint.record);
      for (const answer of await asked()) {
        const { stdout } = await python(['--json', '--record', record, '--company', answer.code, bundle]);
        const { company } = JSON.parse(stdout) as { company: CompanyAnswer };
        expect(company).toMatchObject({ ...answer });
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    await withPage(async (page) => {
      expect((await drop(page, { bundle: drawn.joint.bundle, record: drawn.joint.record })).ok).toBe(true);
      for (const { code, visit } of await asked()) {
        await page.fill('#code', code);
        await page.click('#ask button');
        const words = await page.innerText('#answer');
        expect(words).toContain(`第 ${visit?.number ?? 0} 次上门`);
        expect(words).toContain(`SCJG 派出：${visit?.teams['SCJG']?.join('、') ?? ''}`);
        expect(words).toContain(`公开记录第 ${visit?.record.join('、') ?? ''} 行改过`);
      }
    });
  });
});

test('a record dropped on the page by itself is checked with the bundle that is there', () =>
  withPage(async (page) => {
    const { bundle, record } = drawn.joint;
    const first = await drop(page, { bundle });
    expect(first.held).not.toContain('chain');
    await page.setInputFiles('#file', {
      name: 'LC-2026-0001-record.jsonl',
      mimeType: 'application/jsonl',
      buffer: record,
    });
    await page.waitForSelector('[data-check="chain"][data-state="good"]');
    expect(await page.getAttribute('#verdict', 'class')).toBe('good');
    expect(await page.textContent('#file-name')).toBe('bundle.zip，LC-2026-0001-record.jsonl');
  }));

test('many ways to cheat, each under a name of its own', () => {
  expect(new Set(ALL.map((one) => one.name)).size).toBe(ALL.length);
  expect(ALL.length).toBeGreaterThanOrEqual(25);
});
