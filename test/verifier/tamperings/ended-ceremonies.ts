import canonicalize from 'canonicalize';
import type { CeremonyLine } from '../../../domain/draw/ceremony-lines';
import { hash } from '../../../domain/draw/hash';
import type { CheckId } from '../../../server/verify/report';
import { BundleFiles } from '../bundle-files';
import { ceremonies, there, type BesideTampering } from './beside';

/** In a ceremony: 0 is void for want of a seal, 1 for want of a reveal, 2 drew. */
const within = (
  name: string,
  at: 0 | 1 | 2,
  check: CheckId,
  edit: (line: CeremonyLine, lines: CeremonyLine[]) => void,
  first: CheckId | null = at === 2 ? check : 'ceremonies',
): BesideTampering =>
  ceremonies(name, { ...(first === null ? {} : { edit: first }), all: check }, (lines) => {
    edit(there(lines[at]), lines);
    return lines;
  });

/** frozen.zip of the first ceremony, beside the ceremonies. */
const frozen = (name: string, check: CheckId, edit: (files: BundleFiles) => void): BesideTampering => ({
  name,
  mode: 'joint',
  found: { edit: check },
  forge: async ({ drawn }) => {
    const files = await BundleFiles.of(there(drawn.frozen[0]));
    edit(files);
    files.writeSums();
    return { bundle: await files.zip(), ceremonies: drawn.ceremonies };
  },
});

const POOL = 'inspectors.csv';

export const CEREMONY_LINE_TAMPERINGS: BesideTampering[] = [
  ceremonies('a void ceremony is hidden', { edit: 'ceremonies', all: 'chain' }, (lines) => lines.slice(1)),
  ceremonies(
    'a void ceremony is hidden, and what follows not numbered anew',
    { edit: 'ceremonies' },
    (lines) => lines.toSpliced(1, 1),
  ),
  ceremonies(
    'two void ceremonies exchange their places',
    { edit: 'ceremonies', all: 'ceremonies' },
    (lines) => {
      const [a, b, c] = lines.map((line) => there(line));
      return [there(b), there(a), there(c)];
    },
  ),
  ceremonies('the ceremony that drew is left out', { edit: 'ceremonies', all: 'ceremonies' }, (lines) =>
    lines.slice(0, -1),
  ),
  ceremonies(
    'the ceremonies of another campaign',
    { edit: 'ceremonies', all: 'ceremonies' },
    (_, { other }) =>
      other.ceremonies
        .toString('utf8')
        .split('\n')
        .slice(0, -1)
        .map((text) => JSON.parse(text) as CeremonyLine),
  ),
  within('another department is named', 1, 'void', (line) => {
    line.withheld = ['SCJG'];
  }),
  within('nobody is named', 0, 'void', (line) => {
    line.withheld = [];
  }),
  within('one who sealed is named beside the one who did not', 0, 'void', (line) => {
    line.withheld = ['SCJG', 'XFJ'];
  }),
  within('a void ceremony is said to be cancelled', 1, 'ceremonies', (line) => {
    line.outcome = 'cancelled';
    line.withheld = [];
  }),
  within('the reason of a void ceremony is taken away', 0, 'void', (line) => {
    line.reason = null;
  }),
  within('a value is put in that was not sealed', 1, 'void', (line) => {
    const [first] = line.values;
    line.values.push({ ...there(first), contributor: 'WJW', value: 'a value that was never sealed' });
    line.withheld = [];
  }),
  within("a void ceremony's value is changed", 1, 'void', (line) => {
    there(line.values[0]).value = 'a value that suits me better';
  }),
  within("a void ceremony's seal is changed", 1, 'void', (line) => {
    there(line.seals[0]).seal = hash('another secret');
  }),
  within('a seal is taken away from a void ceremony', 1, 'void', (line) => {
    line.seals.shift();
  }),
  within('a public value is put into a void ceremony', 1, 'void', (line) => {
    const { revealed_at } = there(line.values[0]);
    line.values.push({ contributor: 'public:dice', value: '1,1,1', source: '现场', revealed_at });
  }),
  within('somebody else is said to have sealed', 0, 'void', (line) => {
    line.seals.push({ ...there(line.seals[0]), contributor: 'ZZZ' });
  }),
  within('a void ceremony has a bundle', 1, 'void', (line, lines) => {
    line.bundle = there(lines[2]).bundle;
  }),
  within('a ceremony ends before its seals', 0, 'void', (line) => {
    line.at = line.manifest.frozen_at;
    for (const seal of line.seals) seal.sealed_at = '2199-01-01T00:00:00.000Z';
  }),
  within('the next ceremony is frozen before the last one is void', 0, 'ceremonies', (line) => {
    line.at = '2199-01-01T00:00:00Z';
  }),
  within('the manifest of a void ceremony is changed', 1, 'ceremonies', (line) => {
    there(line.manifest.strata[0]).ratio_ppm += 1;
  }),
  within('the manifest of a void ceremony and its commitment are changed', 1, 'void', (line) => {
    there(line.manifest.strata[0]).ratio_ppm += 1;
    line.commitment = hash(canonicalize(line.manifest) ?? '');
  }),
  within('a ceremony is repeated with the manifest of the void one', 1, 'ceremonies', (line, lines) => {
    const { commitment, manifest } = there(lines[0]);
    Object.assign(line, { commitment, manifest });
  }),
  within('the draw is said to have another bundle', 2, 'ceremonies', (line) => {
    line.bundle = hash('another bundle');
  }),
  within('the draw is said to be void', 2, 'ceremonies', (line) => {
    Object.assign(line, { outcome: 'void', bundle: null, reason: '逾期未揭示', withheld: ['WJW'] });
  }),
  within('the draw is said to have other values', 2, 'ceremonies', (line) => {
    there(line.values.at(-1)).value = '6,6,6,6';
  }),
  within('a ceremony says more than it may', 0, 'ceremonies', (line) => {
    Object.assign(line, { note: '经领导同意' });
  }),
  frozen('frozen lists of a void ceremony: a list is changed', 'pool', (files) => {
    files.edit(POOL, (text) => text.replace('SCJG-0001', 'SCJG-0000'));
  }),
  frozen('frozen lists of a void ceremony: a list and the manifest are changed', 'ceremonies', (files) => {
    files.edit(POOL, (text) => text.replace('SCJG-0001', 'SCJG-0000'));
    const manifest = files.manifest();
    manifest.inspectors.digest = hash(files.text(POOL));
    files.write('manifest.json', canonicalize(manifest) ?? '');
  }),
  frozen('frozen lists of a void ceremony: the archive is another one', 'ceremonies', (files) => {
    files.write('SHA256SUMS', '');
  }),
];
