import type { RecordEntry, ReplacementEntry } from '../../../domain/draw/record';
import { record, replacement, there, type BesideTampering, type Scene } from './beside';

/** A line that is changed breaks the chain; chained again, it is found by computing who has to go. */
const change = (name: string, edit: (lines: RecordEntry[], scene: Scene) => void): BesideTampering =>
  record(name, { edit: 'chain', all: 'replacements' }, (lines, scene) => {
    edit(lines, scene);
    return lines;
  });

/** Somebody gives up one visit, from which a colleague is excluded. */
const first = (lines: RecordEntry[]) => replacement(lines, 0);
/** SCJG-0003 is out for good. */
const out = (lines: RecordEntry[]) => replacement(lines, 2);
/** A replacement after both supplements. */
const late = (lines: RecordEntry[]) => replacement(lines, 3);
/** WJW-0004 is out, and nobody is left: all colleagues are at their capacity. */
const starved = (lines: RecordEntry[]) => replacement(lines, 4);

/** The visit of the first line changes hands again: whoever gave it up does not come back. */
const again = (lines: RecordEntry[]) => replacement(lines, 1);

const place = ({ changes }: ReplacementEntry) => there(changes[0]);

const teamOf = ({ bundle }: Scene, visit: number, department: string) =>
  bundle
    .rows('assignments.csv')
    .filter(([number, of]) => number === String(visit) && of === department)
    .map(([, , inspector]) => there(inspector));

export const REPLACEMENT_TAMPERINGS: BesideTampering[] = [
  change('a colleague who may go is sent instead of the next by ticket', (lines, scene) => {
    const own = place(first(lines));
    const team = teamOf(scene, own.visit, 'SCJG');
    own.by = there(
      ['SCJG-0004', 'SCJG-0007', 'SCJG-0008', 'SCJG-0003'].find(
        (one) => one !== own.by && !team.includes(one),
      ),
    );
  }),
  change('a place is left empty where somebody could go', (lines) => {
    place(out(lines)).by = null;
  }),
  change('somebody goes beyond their capacity', (lines) => {
    place(starved(lines)).by = 'WJW-0001';
  }),
  change('somebody who is out is sent again', (lines) => {
    place(late(lines)).by = 'SCJG-0003';
  }),
  change('whoever leaves goes all the same', (lines) => {
    const line = out(lines);
    place(line).by = line.inspector;
  }),
  change('somebody comes back to a visit that they gave up', (lines) => {
    place(again(lines)).by = first(lines).inspector;
  }),
  change('an excluded inspector takes over', (lines) => {
    place(first(lines)).by = 'SCJG-0002';
  }),
  change('somebody who is of the team already takes over', (lines, scene) => {
    const line = first(lines);
    const own = place(line);
    own.by = there(teamOf(scene, own.visit, 'SCJG').find((one) => one !== line.inspector));
  }),
  change('an inspector of another department takes over', (lines) => {
    place(out(lines)).by = 'XFJ-0001';
  }),
  change('somebody takes over who is not in the pool', (lines) => {
    place(out(lines)).by = 'SCJG-0099';
  }),
  change('somebody leaves a visit that they are not of', (lines) => {
    first(lines).inspector = 'SCJG-0002';
  }),
  change('somebody leaves who is not in the pool', (lines) => {
    out(lines).inspector = 'SCJG-0099';
  }),
  change('a visit changes hands that there is not', (lines) => {
    place(late(lines)).visit = 999;
  }),
  change('a visit changes hands twice in a line', (lines) => {
    const line = out(lines);
    line.changes.push(there(line.changes.at(-1)));
  }),
  change('changes are in another order', (lines) => {
    out(lines).changes.reverse();
  }),
  change('a line changes nothing', (lines) => {
    late(lines).changes = [];
  }),
  record('a replacement is withdrawn and all after it chained again', { all: 'supplement' }, (lines) =>
    lines.filter((one) => one !== out(lines)),
  ),
];
