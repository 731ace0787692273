import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BundleFiles } from './bundle-files';
import { drawnBundles, type DrawnBundle, type Mode } from './drawn-bundles';
import { EFFORTS, repair, type Effort } from './repair';
import { tamperTable } from './tamper-table';
import { TAMPERINGS } from './tamperings';
import type { Tampering } from './tamperings/tampering';
import { VERIFIERS, type Verdict } from './verifiers';

interface Forgery {
  tampering: Tampering;
  effort: Effort;
  bundle: Buffer;
  /** By verifier: with what was published before, and for the most consistent forgeries without. */
  verdicts: Map<string, Verdict>;
  alone: Map<string, Verdict>;
}

const ALL = Object.values(TAMPERINGS).flat();
const NAMES = Object.keys(VERIFIERS) as (keyof typeof VERIFIERS)[];
const MODES: Mode[] = ['joint', 'per_item'];

let drawn: Record<Mode, DrawnBundle>;
const forgeries: Forgery[] = [];
const untouched = new Map<string, Verdict>();

beforeAll(async () => {
  drawn = await drawnBundles();
  for (const mode of MODES) {
    const files = await BundleFiles.of(drawn[mode].bundle);
    for (const tampering of ALL.filter((one) => one.mode === mode))
      forgeries.push(...(await forge(tampering, files)));
    const own = forgeries.filter(({ tampering }) => tampering.mode === mode);
    const invented = own.filter(({ tampering, effort }) => tampering.found[effort] === 'published');
    for (const name of NAMES) {
      const bundles = [drawn[mode].bundle, ...own.map((forgery) => forgery.bundle)];
      const [first, ...verdicts] = await VERIFIERS[name](bundles, drawn[mode]);
      if (first) untouched.set(`${mode} ${name}`, first);
      own.forEach((forgery, at) => keep(forgery.verdicts, name, verdicts[at]));
      const alone = await VERIFIERS[name](
        invented.map((forgery) => forgery.bundle),
        null,
      );
      invented.forEach((forgery, at) => keep(forgery.alone, name, alone[at]));
    }
  }
}, 600_000);

function keep(verdicts: Map<string, Verdict>, name: string, verdict: Verdict | undefined): void {
  if (!verdict) throw new Error(`${name} said nothing about a bundle`);
  verdicts.set(name, verdict);
}

async function forge(tampering: Tampering, files: BundleFiles): Promise<Forgery[]> {
  const forged: Forgery[] = [];
  for (const effort of EFFORTS) {
    if (tampering.found[effort] === undefined) continue;
    const copy = files.copy();
    tampering.change?.(copy);
    repair(copy, effort, tampering.origin);
    const bundle = await (tampering.zip?.(copy) ?? copy.zip());
    forged.push({ tampering, effort, bundle, verdicts: new Map(), alone: new Map() });
  }
  return forged;
}

describe.each(NAMES)('%s', (name) => {
  test.each(MODES)('a bundle as the system published it holds, mode %s', (mode) => {
    expect(untouched.get(`${mode} ${name}`)).toEqual({ ok: true, failed: [], problems: [] });
  });

  test.each(
    ALL.map((tampering): [string, Tampering] => [`${tampering.name} (${tampering.mode})`, tampering]),
  )('finds: %s', (_, tampering) => {
    const own = forgeries.filter((forgery) => forgery.tampering === tampering);
    expect(own.length).toBeGreaterThan(0);
    for (const { effort, verdicts } of own) {
      expect({ effort, ...verdicts.get(name) }).toEqual({
        effort,
        ok: false,
        failed: expect.arrayContaining([tampering.found[effort]]) as unknown,
        problems: expect.arrayContaining([expect.any(String)]) as unknown,
      });
    }
  });

  test('a forger who recomputes everything is found by what was published before, and by nothing else', () => {
    const invented = forgeries.filter(({ alone }) => alone.size > 0);
    expect(invented.length).toBeGreaterThan(10);
    for (const { tampering, alone, verdicts } of invented) {
      expect([tampering.name, alone.get(name)]).toEqual([
        tampering.name,
        { ok: true, failed: [], problems: [] },
      ]);
      expect([tampering.name, verdicts.get(name)?.failed]).toEqual([tampering.name, ['published']]);
    }
  });
});

test('at least 40 ways to cheat, each under a name of its own', () => {
  const names = ALL.map(({ name, mode }) => `${name} ${mode}`);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(40);
});

/** `TAMPER_TABLE=write npx jest --selectProjects verifier` writes it anew. */
test('docs/draw.md has the table of what is found', () => {
  const file = path.resolve(__dirname, '../../docs/draw.md');
  const before = readFileSync(file, 'utf8');
  const marked = /(<!-- tamper table -->\n\n)[^]*(\n\n<!-- end of tamper table -->)/;
  const after = before.replace(marked, (_, begin: string, end: string) => begin + tamperTable() + end);
  if (process.env['TAMPER_TABLE'] === 'write') writeFileSync(file, after);
  else expect(before).toBe(after);
});
