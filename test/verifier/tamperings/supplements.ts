import type { RecordEntry, SupplementEntry } from '../../../domain/draw/record';
import type { Mode } from '../drawn-bundles';
import { record, supplement, there, type BesideTampering, type Scene } from './beside';

/** Changes the second supplement, which has more visits, or the first. */
const change = (
  name: string,
  edit: (line: SupplementEntry, scene: Scene, lines: RecordEntry[]) => void,
  { mode = 'joint', of = 1 }: { mode?: Mode; of?: 0 | 1 } = {},
): BesideTampering =>
  record(
    name,
    { edit: 'chain', all: 'supplement' },
    (lines, scene) => {
      edit(supplement(lines, of), scene, lines);
      return lines;
    },
    { mode },
  );

const stratum = ({ strata }: SupplementEntry, name: string) =>
  there(strata.find((one) => one.stratum === name));

/** The first assignment of the market office, and another one of it by somebody else at another visit. */
function pairOf({ assignments }: SupplementEntry) {
  const own = assignments.filter((one) => one.department === 'SCJG');
  const one = there(own[0]);
  const isOnBoth = (visit: number, inspector: string) =>
    own.some((each) => each.visit === visit && each.inspector === inspector);
  const other = own.find(
    (each) =>
      each.visit !== one.visit &&
      !isOnBoth(each.visit, one.inspector) &&
      !isOnBoth(one.visit, each.inspector),
  );
  return [one, there(other)] as const;
}

const standingVisits = ({ bundle }: Scene) => bundle.rows('visits.csv').length;

export const SUPPLEMENT_TAMPERINGS: BesideTampering[] = [
  change('a ratio is lowered', (line) => {
    const a = stratum(line, 'A');
    [a.ratio_ppm, a.sample] = [50_000, 2];
  }),
  change('a minimum is lowered', (line) => {
    stratum(line, 'C').minimum = 0;
  }),
  change('a drawn entity is dropped from a sample', (line) => {
    stratum(line, 'D').sample -= 1;
  }),
  change('a sample is larger than its ratio gives', (line) => {
    stratum(line, 'D').sample += 1;
  }),
  change('a stratum is left out', (line) => {
    line.strata.shift();
  }),
  change('a supplement draws nothing', (line, _, lines) => {
    line.strata = supplement(lines, 0).strata;
    [line.visits, line.assignments] = [[], []];
  }),
  change('a drawn entity gets no visit', (line) => {
    const { visit } = there(line.visits.pop());
    line.assignments = line.assignments.filter((one) => one.visit !== visit);
  }),
  change('another entity is visited than the one drawn', (line, { bundle }) => {
    const codes = bundle.text('populations/_joint/D.txt').split('\n').slice(0, -1);
    const drawn = [...bundle.rows('visits.csv').map((row) => row[1]), ...line.visits.map((one) => one.code)];
    there(line.visits.at(-1)).code = there(codes.find((code) => !drawn.includes(code)));
  }),
  change('new visits are misnumbered', (line) => {
    for (const one of [...line.visits, ...line.assignments]) one.visit += 1;
  }),
  change('two new visits exchange their numbers', ({ visits }) => {
    const [a, b] = [there(visits[0]), there(visits[1])];
    [a.code, b.code, a.items, b.items] = [b.code, a.code, b.items, a.items];
  }),
  change('a drawn entity is visited again', (line, { bundle }) => {
    const [, code, items] = there(bundle.rows('visits.csv')[0]);
    const visit = there(line.visits.at(-1)).visit + 1;
    line.visits.push({ visit, code: there(code), items: there(items).split(';') });
  }),
  change('an item is dropped from a new visit', ({ visits }) => {
    there(visits.find((one) => one.items.length > 1)).items.shift();
  }),
  change('an item is added to a new visit', ({ visits }) => {
    there(visits.find((one) => !one.items.includes('XFJ-001'))).items.push('XFJ-001');
  }),
  change(
    'an item of a standing visit is dropped',
    (line, scene) => {
      const standing = line.visits.filter((one) => one.visit <= standingVisits(scene));
      const own = there(standing.find((one) => one.items.includes('SCJG-001')));
      own.items = own.items.filter((item) => item !== 'SCJG-001');
    },
    { mode: 'per_item', of: 0 },
  ),
  change(
    'a visit that got an item is left out',
    (line, scene) => {
      const at = line.visits.findIndex((one) => one.visit <= standingVisits(scene));
      line.visits.splice(at, 1);
    },
    { mode: 'per_item', of: 0 },
  ),
  change(
    'somebody who lacks what a further item requires stays',
    (line) => {
      there(line.changes.shift());
    },
    { mode: 'per_item', of: 0 },
  ),
  change(
    'somebody who lacks what a further item requires takes over',
    ({ changes }) => {
      there(changes[0]).by = 'SCJG-0001';
    },
    { mode: 'per_item', of: 0 },
  ),
  change(
    'a place is left empty by a further item where somebody could go',
    ({ changes }) => {
      there(changes[0]).by = null;
    },
    { mode: 'per_item', of: 0 },
  ),
  change('a standing team is changed without need', (line, { bundle }) => {
    const [visit, department, inspector] = there(
      bundle.rows('assignments.csv').find((row) => row[1] === 'SCJG'),
    );
    line.changes.push({
      visit: Number(visit),
      department: there(department),
      inspector: there(inspector),
      by: 'SCJG-0004',
    });
  }),
  change('two inspectors exchange their new visits', (line) => {
    const [one, other] = pairOf(line);
    [one.inspector, other.inspector] = [other.inspector, one.inspector];
  }),
  change('a new visit is left without an inspector who could go', (line) => {
    line.assignments = line.assignments.filter((one) => one !== pairOf(line)[0]);
  }),
  change('somebody who is out is sent to a new visit', (line) => {
    pairOf(line)[0].inspector = 'SCJG-0003';
  }),
  change('an excluded inspector is sent to a new visit', (line, { bundle }) => {
    const excluded = bundle.rows('exclusions.csv').map((row) => row[1]);
    const visit = there(line.visits.find((one) => excluded.includes(one.code)));
    there(line.assignments.find((one) => one.visit === visit.visit && one.department === 'SCJG')).inspector =
      'SCJG-0002';
  }),
  change('somebody goes to a new visit beyond their capacity', ({ visits, assignments }) => {
    const { visit } = there(visits[0]);
    assignments.push({ visit, department: 'WJW', inspector: 'WJW-0001' });
  }),
  change('assignments are in another order', ({ assignments }) => {
    assignments.reverse();
  }),
];
