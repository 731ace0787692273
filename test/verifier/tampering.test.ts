import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { CompanyAnswer } from '../../server/verify/explain';
import { verifyBundle } from '../../server/verify/verify-bundle';
import { BundleFiles } from './bundle-files';
import { drawnBundles, type DrawnBundle, type Mode } from './drawn-bundles';
import { EFFORTS, repair, type Effort } from './repair';
import { tamperTable } from './tamper-table';
import { TAMPERINGS } from './tamperings';
import type { Tampering } from './tamperings/tampering';
import { drop, python, VERIFIERS, withPage, type Verdict } from './verifiers';

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
      const handed = bundles.map((bundle) => ({ bundle }));
      const [first, ...verdicts] = await VERIFIERS[name](handed, drawn[mode]);
      if (first) untouched.set(`${mode} ${name}`, first);
      own.forEach((forgery, at) => keep(forgery.verdicts, name, verdicts[at]));
      const alone = await VERIFIERS[name](
        invented.map(({ bundle }) => ({ bundle })),
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
    expect(untouched.get(`${mode} ${name}`)).toMatchObject({ ok: true, failed: [], problems: [] });
  });

  test.each(
    ALL.map((tampering): [string, Tampering] => [`${tampering.name} (${tampering.mode})`, tampering]),
  )('finds: %s', (_, tampering) => {
    const own = forgeries.filter((forgery) => forgery.tampering === tampering);
    expect(own.length).toBeGreaterThan(0);
    for (const { effort, verdicts } of own) {
      expect({ effort, ...verdicts.get(name) }).toMatchObject({
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
      expect([tampering.name, alone.get(name)]).toMatchObject([
        tampering.name,
        { ok: true, failed: [], problems: [] },
      ]);
      expect([tampering.name, verdicts.get(name)?.failed]).toEqual([tampering.name, ['published']]);
    }
  });
});

describe('one company: was it in, and why was it drawn or not', () => {
  const NOT_LISTED = '916901000000000000';
  let asked: { code: string; answer: CompanyAnswer }[];

  beforeAll(async () => {
    const { bundle } = drawn.joint;
    const files = await BundleFiles.of(bundle);
    const drawnCodes = files.rows('drawn.csv').map((row) => row[3] ?? '');
    const spared = files.text('populations/_joint/D.txt').split('\n');
    const codes = [drawnCodes[0] ?? '', spared.find((code) => !drawnCodes.includes(code)) ?? '', NOT_LISTED];
    asked = await Promise.all(
      codes.map(async (code) => {
        const { company } = await verifyBundle(bundle, { company: code });
        if (!company) throw new Error('no answer');
        return { code, answer: company };
      }),
    );
  });

  test('the command tells drawn, not drawn and not listed apart', () => {
    const told = asked.map(({ answer }) => [answer.listed, answer.drawn, answer.visit !== null]);
    expect(told).toEqual([
      [true, true, true],
      [true, false, false],
      [false, false, false],
    ]);
    for (const { rank, sample, drawn: isDrawn } of asked.flatMap(({ answer }) => answer.strata)) {
      expect(isDrawn).toBe(rank <= sample);
    }
  });

  test('verify.py says the same', async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'onevisit-company-'));
    try {
      const file = path.join(folder, 'bundle.zip');
      writeFileSync(file, drawn.joint.bundle);
      for (const { code, answer } of asked) {
        const { stdout, code: exit } = await python(['--json', '--company', code, file]);
        const { company } = JSON.parse(stdout) as { company: Partial<CompanyAnswer> };
        expect(exit).toBe(0);
        const { items, strata, listed } = answer;
        expect(company).toMatchObject(
          listed ? { code, listed, items, strata, ticket: answer.ticket } : { listed },
        );
        if (answer.visit) expect(company.visit).toEqual(answer.visit);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('the page says it in words, at the width of a phone', () =>
    withPage(async (page) => {
      expect((await drop(page, { bundle: drawn.joint.bundle })).ok).toBe(true);
      for (const { code, answer } of asked) {
        await page.fill('#code', code);
        await page.click('#ask button');
        const words = await page.innerText('#answer');
        expect(words).toContain(answer.drawn ? '抽中了' : answer.listed ? '没有抽中' : '不在名录里');
        for (const { rank, sample } of answer.strata) {
          expect(words).toContain(`取号码最小的 ${sample} 户；它的号码排第 ${rank}`);
        }
        if (answer.visit) expect(words).toContain(`第 ${answer.visit.number} 次上门`);
      }
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    }));
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
