import canonicalize from 'canonicalize';
import { hash } from '../../../domain/draw/hash';
import type { CheckId } from '../../../server/verify/report';
import type { Contributions } from '../bundle-files';
import type { Origin } from '../repair';
import { later, type Tampering } from './tampering';

const given = (
  origin: Exclude<Origin, 'lists' | 'manifest'>,
  name: string,
  inner: CheckId,
  change: (given: Contributions) => void,
  all?: CheckId | null,
): Tampering =>
  later(
    origin,
    name,
    inner,
    (bundle) => {
      const changed = bundle.contributions();
      change(changed);
      bundle.edit('contributions.json', () => canonicalize(changed) ?? '');
    },
    all === undefined ? {} : { all },
  );

const of = <T extends { contributor: string }>(list: T[], contributor: string): T => {
  const found = list.find((one) => one.contributor === contributor);
  if (!found) throw new Error(`no ${contributor}`);
  return found;
};

/** A value is found by its seal; where the seal is forged too, by the seal that everybody saw before. */
export const CEREMONY_TAMPERINGS: Tampering[] = [
  given(
    'values',
    "a department's value is changed",
    'contributions',
    ({ values }) => {
      of(values, 'WJW').value = 'a value that suits me better';
    },
    'published',
  ),
  given(
    'values',
    'two departments exchange their values',
    'contributions',
    ({ values }) => {
      const [a, b] = [of(values, 'SCJG'), of(values, 'WJW')];
      [a.value, b.value] = [b.value, a.value];
    },
    'published',
  ),
  given(
    'values',
    'the public value is changed',
    'seed',
    ({ values }) => {
      of(values, 'public:dice').value = '6,6,6,6,6,6,6,6';
    },
    'published',
  ),
  given('values', 'a value is too short to be secret', 'contributions', ({ values }) => {
    of(values, 'WJW').value = '1234';
  }),
  given('values', 'a value holds invisible characters', 'contributions', ({ values }) => {
    of(values, 'WJW').value += '\u200b\u200c';
  }),
  given(
    'seed',
    'a seal is changed',
    'contributions',
    ({ seals }) => {
      of(seals, 'XFJ').seal = hash('another secret');
    },
    null,
  ),
  given(
    'seed',
    'a seal is missing',
    'contributions',
    (changed) => {
      changed.seals = changed.seals.filter((one) => one.contributor !== 'XFJ');
    },
    null,
  ),
  given(
    'seed',
    'a value is missing',
    'contributions',
    (changed) => {
      changed.values = changed.values.filter((one) => one.contributor !== 'XFJ');
    },
    null,
  ),
  given(
    'seed',
    'somebody else contributes',
    'contributions',
    (changed) => {
      changed.values.push({ ...of(changed.values, 'XFJ'), contributor: 'ZZZ' });
    },
    null,
  ),
  given(
    'seed',
    'somebody contributes twice',
    'contributions',
    (changed) => {
      changed.values.push({ ...of(changed.values, 'XFJ'), value: 'another value, long enough' });
    },
    null,
  ),
  given(
    'seed',
    'the public value has a seal',
    'contributions',
    (changed) => {
      changed.seals.push({ ...of(changed.seals, 'XFJ'), contributor: 'public:dice' });
    },
    null,
  ),
  given(
    'seed',
    'the public value has no source',
    'contributions',
    ({ values }) => {
      of(values, 'public:dice').source = null;
    },
    null,
  ),
  given(
    'seed',
    'the public value is recorded before a reveal',
    'contributions',
    ({ values }) => {
      of(values, 'public:dice').revealed_at = '2000-01-01T00:00:00.000Z';
    },
    null,
  ),
  given(
    'seed',
    'a seal is put in after the reveals',
    'contributions',
    ({ seals }) => {
      of(seals, 'WJW').sealed_at = '2199-01-01T00:00:00.000Z';
    },
    null,
  ),
  given(
    'seed',
    'a time is none',
    'contributions',
    ({ seals }) => {
      of(seals, 'WJW').sealed_at = '2026-02-30T00:00:00.000Z';
    },
    null,
  ),
  given(
    'seed',
    'the commitment beside the seals is another one',
    'contributions',
    (changed) => {
      changed.commitment = hash('another manifest');
    },
    null,
  ),
  given('seed', 'the seed is another one', 'seed', (changed) => {
    changed.seed = hash('a seed that suits me');
  }),
  later(
    'seed',
    'contributions.json holds a key twice',
    'contributions',
    (bundle) => bundle.edit('contributions.json', (text) => text.replace('{', '{"seed":"","seed":"",')),
    { all: null },
  ),
];
