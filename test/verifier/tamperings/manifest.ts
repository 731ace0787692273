import canonicalize from 'canonicalize';
import { hash } from '../../../domain/draw/hash';
import type { Manifest } from '../../../domain/draw/manifest';
import type { CheckId } from '../../../server/verify/report';
import type { Mode } from '../drawn-bundles';
import { frozen, type Tampering } from './tampering';

/** The manifest in its own form, with something changed. */
const manifest = (
  name: string,
  inner: CheckId | null,
  change: (manifest: Manifest) => void,
  mode: Mode = 'joint',
): Tampering =>
  frozen(
    'manifest',
    name,
    inner,
    (bundle) => {
      const changed = bundle.manifest();
      change(changed);
      bundle.edit('manifest.json', () => canonicalize(changed) ?? '');
    },
    mode,
  );

/** The manifest's text. */
const written = (name: string, change: (text: string) => string): Tampering => ({
  ...frozen('manifest', name, 'manifest', (bundle) => bundle.edit('manifest.json', change)),
});

const stratum = (changed: Manifest, name: string) => {
  const line = changed.strata.find((one) => one.stratum === name);
  if (!line) throw new Error(`no stratum ${name}`);
  return line;
};
const first = <T>(list: readonly T[]): T => {
  const [one] = list;
  if (one === undefined) throw new Error('an empty list');
  return one;
};

export const MANIFEST_TAMPERINGS: Tampering[] = [
  manifest('a ratio is lowered, the sample with it', null, (changed) => {
    Object.assign(stratum(changed, 'D'), { ratio_ppm: 100_000, sample: 4 });
  }),
  manifest('a ratio is raised, the sample left', 'samples', (changed) => {
    stratum(changed, 'D').ratio_ppm = 500_000;
  }),
  manifest('a sample is lowered, the ratio left', 'samples', (changed) => {
    stratum(changed, 'D').sample -= 1;
  }),
  manifest('a minimum is raised above the sample', 'samples', (changed) => {
    stratum(changed, 'A').minimum = 30;
  }),
  manifest('a size is changed', 'populations', (changed) => {
    stratum(changed, 'D').size -= 1;
  }),
  manifest("a population's digest is changed", 'populations', (changed) => {
    first(changed.items).population.digest = hash('another population');
  }),
  manifest("the exclusions' digest is changed", 'pool', (changed) => {
    changed.exclusions.digest = hash('no exclusions');
  }),
  manifest('the mode is changed', 'manifest', (changed) => {
    changed.mode = 'per_item';
  }),
  manifest('the mode is changed', 'manifest', (changed) => (changed.mode = 'joint'), 'per_item'),
  manifest(
    "one item's ratio is changed, the sample with it",
    null,
    (changed) => {
      const line = first(changed.strata.filter((one) => one.item === 'WJW-001' && one.stratum === 'D'));
      Object.assign(line, { ratio_ppm: 100_000, sample: 4 });
    },
    'per_item',
  ),
  manifest(
    'a stratum of an item is dropped',
    'populations',
    (changed) => {
      changed.strata = changed.strata.filter((one) => one.item !== 'WJW-001' || one.stratum !== 'A');
    },
    'per_item',
  ),
  manifest('the time of freezing is changed', null, (changed) => {
    changed.frozen_at = '2020-01-01T00:00:00Z';
  }),
  manifest('the time of freezing is after the seals', 'contributions', (changed) => {
    changed.frozen_at = '2199-01-01T00:00:00Z';
  }),
  manifest('the campaign is another one', null, (changed) => {
    changed.campaign = 'LC-2020-9999';
  }),
  manifest('the team size is lowered', null, (changed) => {
    first(changed.teams).size = 1;
  }),
  manifest('an item requires no qualification any more', null, (changed) => {
    for (const item of changed.items) item.qualifications = [];
  }),
  manifest('an item is given to another department', null, (changed) => {
    first(changed.items).department = 'XFJ';
  }),
  manifest('a team is dropped', 'manifest', (changed) => {
    changed.teams.pop();
  }),
  manifest('a contributor is dropped', null, (changed) => {
    changed.contributors = changed.contributors.filter((one) => one !== 'WJW');
  }),
  manifest('a contributor is added', null, (changed) => {
    changed.contributors = [...changed.contributors, 'YJJ'].sort();
  }),
  manifest('one contributor is left', 'manifest', (changed) => {
    changed.contributors = ['public:dice'];
  }),
  manifest('contributors are in another order', 'manifest', (changed) => changed.contributors.reverse()),
  manifest('strata are in another order', 'manifest', (changed) => changed.strata.reverse()),
  manifest('the protocol is another one', 'manifest', (changed) => {
    Object.assign(changed, { protocol: 'onevisit-draw/2' });
  }),
  manifest('the manifest has a key too many', 'manifest', (changed) => {
    Object.assign(changed, { note: '附注' });
  }),
  written('the manifest is indented', (text) => JSON.stringify(JSON.parse(text), null, 2)),
  written('the manifest ends in a line feed', (text) => `${text}\n`),
  written('keys of the manifest are in another order', (text) => {
    const { campaign, ...rest } = JSON.parse(text) as Manifest;
    return JSON.stringify({ ...rest, campaign });
  }),
  written('a key of the manifest is there twice', (text) => text.replace('{', '{"campaign":"LC-0000-0000",')),
  written('a number of the manifest is written otherwise', (text) =>
    text.replace(/"ratio_ppm":(\d+)/, '"ratio_ppm":$1.0'),
  ),
];
