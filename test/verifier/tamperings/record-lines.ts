import type { RecordEntry } from '../../../domain/draw/record';
import { record, replacement, there, type BesideTampering, type Scene } from './beside';

/** Only the form and the chain tell: what follows from the seed is as it was. */
const line = (
  name: string,
  change: (lines: RecordEntry[], scene: Scene) => RecordEntry[],
  more: { all?: boolean; spell?: (text: string) => string } = {},
): BesideTampering =>
  record(name, { edit: 'chain', ...(more.all ? { all: 'chain' } : {}) }, change, {
    ...(more.spell ? { spell: more.spell } : {}),
  });

const same = (lines: RecordEntry[]) => lines;

const withFirst = (lines: RecordEntry[], change: Partial<RecordEntry>): RecordEntry[] =>
  lines.map((one, at) => (at === 0 ? ({ ...one, ...change } as RecordEntry) : one));

export const LINE_TAMPERINGS: BesideTampering[] = [
  line('a line is removed', (lines) => lines.toSpliced(4, 1)),
  line('the first line is removed', (lines) => lines.slice(1)),
  line('two lines exchange their places', ([first, second, ...rest]) => [
    there(second),
    there(first),
    ...rest,
  ]),
  line('a line is there twice', (lines) => lines.toSpliced(1, 0, there(lines[1]))),
  line('a line is put in between', (lines) =>
    lines.toSpliced(5, 0, { ...there(lines[4]), reason: '另有安排' }),
  ),
  line('a reason is changed', (lines) => withFirst(lines, { reason: '另有安排' })),
  line('who leaves is changed', (lines) => {
    replacement(lines, 2).inspector = 'SCJG-0004';
    return lines;
  }),
  line('lines are misnumbered', (lines) => lines.map((one) => ({ ...one, seq: one.seq + 1 }))),
  line('the chain begins at another bundle', (lines, { other }) =>
    withFirst(lines, { previous: other.sha256 }),
  ),
  line(
    'the record of another campaign',
    (_, { other }) =>
      other.record
        .toString('utf8')
        .split('\n')
        .slice(0, -1)
        .map((text) => JSON.parse(text) as RecordEntry),
    { all: true },
  ),
  line('the campaign is another one', (lines) => lines.map((one) => ({ ...one, campaign: 'LC-2026-9999' })), {
    all: true,
  }),
  line('the ceremony is another one', (lines) => lines.map((one) => ({ ...one, ceremony: 2 })), {
    all: true,
  }),
  line('a change is dated before the draw', (lines) => withFirst(lines, { at: '2026-01-01T00:00:00Z' }), {
    all: true,
  }),
  line(
    'time goes back',
    (lines) => lines.map((one, at) => (at === 2 ? { ...one, at: '2199-01-01T00:00:00Z' } : one)),
    { all: true },
  ),
  line('a time is none', (lines) => withFirst(lines, { at: '2027-02-30T00:00:00Z' }), { all: true }),
  line(
    'a line says more than it may',
    (lines) => lines.map((one, at) => (at === 0 ? { ...one, note: '经领导同意' } : one)),
    { all: true },
  ),
  line(
    'a kind that there is not',
    (lines) =>
      lines.map((one, at) => (at === 0 ? ({ ...one, kind: 'choice' } as unknown as RecordEntry) : one)),
    { all: true },
  ),
  line('a line is written with spaces', same, { spell: (text) => text.replace('{"', '{ "') }),
  line('a key is there twice', same, { spell: (text) => text.replace('{"', '{"seq":1,"') }),
  line('the last line has no end', same, { spell: (text) => text.slice(0, -1), all: true }),
  line('the record is cut off', same, { spell: (text) => text.slice(0, -40), all: true }),
];
