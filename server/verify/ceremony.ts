/** Seals, values and seed (draw protocol, section 2). */
import * as z from 'zod';
import type { Manifest } from '../../domain/draw/manifest';
import { isPublicContributor, isSealable, sealOf, seedOf } from '../../domain/draw/seed';
import { Found, type Add } from './report';
import { instantOf, isCleanText, parseJson } from './texts';

const instant = z.string().refine((at) => instantOf(at) !== null, '时间写法不对');
const schema = z.strictObject({
  commitment: z.string(),
  seals: z.array(z.strictObject({ contributor: z.string(), seal: z.string(), sealed_at: instant })),
  values: z.array(
    z.strictObject({
      contributor: z.string(),
      value: z.string().refine(isCleanText, '不是规范的文本'),
      source: z.string().nullable(),
      revealed_at: instant,
    }),
  ),
  seed: z.string(),
});

export type GivenValues = Pick<z.infer<typeof schema>, 'seals' | 'values'>;

export interface Contributions {
  values: { contributor: string; value: string }[];
  seed: string;
  /** When the last value was known. */
  latest: string;
}

export function readContributions(
  manifest: Manifest,
  commitment: string,
  text: string,
  add: Add,
): Contributions {
  const given = readJson(text);
  if (given.commitment !== commitment) add(`contributions.json 的承诺值不是清单的 SHA-256（${commitment}）`);
  const sealing = manifest.contributors.filter((one) => !isPublicContributor(one));
  sameContributors('封存值', given.seals, sealing, add);
  sameContributors('随机值', given.values, manifest.contributors, add);
  const values = new Map(given.values.map((one) => [one.contributor, one.value]));
  for (const { contributor, value, source } of given.values) {
    if (isPublicContributor(contributor)) {
      if (!source?.trim()) add(`${contributor} 没有写明查证途径`);
    } else if (!isSealable(value)) add(`${contributor} 的随机值应为 16 至 256 个可见字符`);
  }
  for (const { contributor, seal } of given.seals) {
    const value = values.get(contributor);
    if (value !== undefined && sealOf(commitment, contributor, value) !== seal) {
      add(`${contributor} 揭示的值与它的封存值不符`);
    }
  }
  checkOrder(
    [
      [manifest.frozen_at],
      given.seals.map((one) => one.sealed_at),
      revealsOf(given.values, false),
      revealsOf(given.values, true),
    ],
    add,
  );
  const known = given.values.map((one) => one.revealed_at);
  return {
    seed: given.seed,
    latest: known.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1)).at(-1) ?? manifest.frozen_at,
    values: manifest.contributors.map((contributor) => {
      const value = values.get(contributor);
      if (value === undefined) throw new Found(`${contributor} 没有揭示随机值，算不出种子`);
      return { contributor, value };
    }),
  };
}

export const givenValues = (text: string): GivenValues => readJson(text);

/** Seals and values as somebody saw them when they were published. */
export function checkWitnessed(
  { seals, values }: GivenValues,
  witnessed: { seals?: ReadonlyMap<string, string>; values?: ReadonlyMap<string, string> },
  add: Add,
): void {
  const compare = (expected: ReadonlyMap<string, string> | undefined, given: Map<string, string>) => {
    for (const [contributor, published] of expected ?? []) {
      const found = given.get(contributor);
      if (found !== published) add(`${contributor} 公布的是 ${published}，文件包里是 ${found ?? '没有'}`);
    }
  };
  compare(witnessed.seals, new Map(seals.map((one) => [one.contributor, one.seal])));
  compare(witnessed.values, new Map(values.map((one) => [one.contributor, one.value])));
}

export function checkSeed(commitment: string, { values, seed }: Contributions, add: Add): string {
  const expected = seedOf(commitment, values);
  if (seed !== expected) add(`按公布的随机值，种子应为 ${expected}`);
  return expected;
}

function readJson(text: string): z.infer<typeof schema> {
  const parsed = schema.safeParse(parseJson(text, 'contributions.json'));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Found(`contributions.json 的 ${issue?.path.join('.') ?? ''}：${issue?.message ?? ''}`);
}

function sameContributors(
  what: string,
  lines: readonly { contributor: string }[],
  expected: readonly string[],
  add: Add,
): void {
  const found = lines.map((one) => one.contributor);
  for (const one of expected) if (!found.includes(one)) add(`${one} 没有${what}`);
  for (const one of found) if (!expected.includes(one)) add(`${one} 不应有${what}`);
  if (new Set(found).size < found.length) throw new Found(`有人提供了两个${what}`);
}

const revealsOf = (values: readonly { contributor: string; revealed_at: string }[], isPublic: boolean) =>
  values.filter((one) => isPublicContributor(one.contributor) === isPublic).map((one) => one.revealed_at);

const orderOf = (at: string): string => instantOf(at) ?? '';

/** Frozen, then sealed, then revealed, then the public value. */
export function checkOrder(stages: readonly (readonly string[])[], add: Add): void {
  let latest = '';
  for (const stage of stages) {
    const instants = stage.map(orderOf).sort();
    if ((instants[0] ?? latest) < latest) {
      add('时间顺序不对：应先冻结，再封存，再揭示，最后登记公共随机值');
      return;
    }
    latest = instants.at(-1) ?? latest;
  }
}
