import type { BundleFiles, CsvName } from '../bundle-files';
import type { CheckId } from '../../../server/verify/report';
import type { Mode } from '../drawn-bundles';
import { later, type Tampering } from './tampering';

const rows = (
  file: 'drawn.csv' | 'visits.csv',
  name: string,
  change: (rows: string[][], bundle: BundleFiles) => string[][],
  mode: Mode = 'joint',
): Tampering => {
  const [origin, inner]: ['drawn' | 'visits', CheckId] =
    file === 'drawn.csv' ? ['drawn', 'drawn'] : ['visits', 'visits'];
  return later(
    origin,
    name,
    inner,
    (bundle) => bundle.editRows(file satisfies CsvName, (before) => change(before, bundle)),
    { mode },
  );
};

const at = (row: readonly string[], column: number): string => row[column] ?? '';

/** Somebody of the stratum who was not drawn. */
function spared(bundle: BundleFiles, stratum: string, drawn: readonly string[][]): string {
  const codes = bundle.text(`populations/_joint/${stratum}.txt`).split('\n');
  return codes.find((code) => code !== '' && !drawn.some((row) => row[3] === code)) ?? '';
}

export const RESULT_TAMPERINGS: Tampering[] = [
  rows(
    'drawn.csv',
    'a drawn entity is exchanged for one that was not, ticket kept',
    ([first = [], ...rest], bundle) => [
      [...first.slice(0, 3), spared(bundle, at(first, 1), [first, ...rest]), at(first, 4)],
      ...rest,
    ],
  ),
  rows('drawn.csv', 'two drawn entities exchange their ranks', ([a = [], b = [], ...rest]) => [
    [at(a, 0), at(a, 1), '1', ...b.slice(3)],
    [at(b, 0), at(b, 1), '2', ...a.slice(3)],
    ...rest,
  ]),
  rows('drawn.csv', 'a ticket is changed', ([first = [], ...rest]) => [
    [...first.slice(0, 4), `0000${at(first, 4).slice(4)}`],
    ...rest,
  ]),
  rows('drawn.csv', 'a rank is changed', ([first = [], ...rest]) => [
    [...first.slice(0, 2), '7', ...first.slice(3)],
    ...rest,
  ]),
  rows('drawn.csv', 'a drawn entity is left out', (all) => all.slice(0, -1)),
  rows('drawn.csv', 'one entity more is drawn', (all, bundle) => {
    const last = all.at(-1) ?? [];
    return [
      ...all,
      ['*', at(last, 1), String(Number(last[2]) + 1), spared(bundle, at(last, 1), all), at(last, 4)],
    ];
  }),
  rows('drawn.csv', 'an item draws an entity less', (all) => all.slice(0, -1), 'per_item'),
  rows('visits.csv', 'two visits exchange their numbers', ([a = [], b = [], ...rest]) => [
    ['1', ...b.slice(1)],
    ['2', ...a.slice(1)],
    ...rest,
  ]),
  rows('visits.csv', 'numbers begin at 0', (all) => all.map(([, ...row], index) => [String(index), ...row])),
  rows('visits.csv', 'an item is dropped from a visit', ([first = [], ...rest]) => [
    [at(first, 0), at(first, 1), at(first, 2).split(';').slice(1).join(';')],
    ...rest,
  ]),
  rows('visits.csv', 'an item is added to a visit', (all) => {
    const index = all.findIndex((row) => !at(row, 2).includes('XFJ-001'));
    return all.map((row, place) =>
      place === index ? [at(row, 0), at(row, 1), `${at(row, 2)};XFJ-001`] : row,
    );
  }),
  rows(
    'visits.csv',
    'an item is visited that did not draw the entity',
    (all) => {
      const index = all.findIndex((row) => !at(row, 2).includes('WJW-001'));
      return all.map((row, place) =>
        place === index ? [at(row, 0), at(row, 1), `${at(row, 2)};WJW-001`.split(';').sort().join(';')] : row,
      );
    },
    'per_item',
  ),
  rows('visits.csv', 'a visit is left out', (all) => all.slice(0, -1)),
  rows('visits.csv', 'an entity is visited twice', (all) => [
    ...all,
    [String(all.length + 1), at(all[0] ?? [], 1), at(all[0] ?? [], 2)],
  ]),
];
