import { DEFAULT_HANDLING, monthsAfter } from '../../../domain/handling/policy';
import { factProblems, type StepFacts } from '../../../domain/handling/step-facts';
import type { HandlingStep } from '../../../domain/handling/course';

const now = new Date('2026-03-31T04:00:00Z');
const fieldsOf = (step: HandlingStep, facts: StepFacts, more = {}) =>
  factProblems(step, facts, {
    policy: DEFAULT_HANDLING,
    today: '2026-03-31',
    now,
    hearingUntil: null,
    repairFrom: null,
    format: (at) => at.toISOString(),
    ...more,
  }).map(({ field }) => field);

const later = new Date('2026-04-07T15:59:59Z');

test.each<[HandlingStep, StepFacts, string[]]>([
  ['order', {}, ['documentNumber', 'days']],
  ['order', { documentNumber: '责改〔2026〕1号', days: 0 }, ['days']],
  ['order', { documentNumber: '责改〔2026〕1号', days: 61 }, ['days']],
  ['order', { documentNumber: '责改〔2026〕1号', days: 60 }, []],
  ['extension-requested', { days: 31 }, ['days']],
  ['penalty', {}, ['documentNumber', 'decidedOn', 'legalBasis', 'penaltyKind']],
  [
    'penalty',
    { documentNumber: '罚〔2026〕1号', legalBasis: '第一条', penaltyKind: 'fine', decidedOn: '2026-04-01' },
    ['decidedOn', 'amountYuan'],
  ],
  ['proposed', { facts: '', legalBasis: '第一条' }, ['facts']],
  ['repair-requested', { ground: 'repaired' }, ['mended']],
  ['repair-requested', { ground: 'wrongly-listed' }, []],
  ['joint-answered', { noticeId: 1, taken: true }, ['measure', 'actedOn']],
  ['joint-answered', { noticeId: 1, taken: false }, []],
  ['rectified', {}, []],
])('%s %j', (step, facts, problems) => {
  expect(fieldsOf(step, facts)).toEqual(problems);
});

test('who has not spoken has until the end of the period', () => {
  expect(fieldsOf('heard', {}, { hearingUntil: later })).toEqual(['statement']);
  expect(fieldsOf('heard', { statement: '当时外出' }, { hearingUntil: later })).toEqual([]);
  expect(fieldsOf('heard', {}, { hearingUntil: new Date(now.getTime() - 1) })).toEqual([]);
});

test('an entry lasts its shortest time before it is repaired, but one that was wrong does not', () => {
  const mended = { ground: 'repaired', mended: true } as const;
  expect(fieldsOf('repair-requested', mended, { repairFrom: later })).toEqual(['ground']);
  expect(fieldsOf('repair-requested', mended, { repairFrom: now })).toEqual([]);
  expect(fieldsOf('repair-requested', { ground: 'wrongly-listed' }, { repairFrom: later })).toEqual([]);
});

test('months end with their last day', () => {
  const days = { unit: 'working-days' } as const;
  const day = (at: Date) => at.toISOString().slice(0, 10);
  expect(day(monthsAfter(days, new Date('2026-01-31T00:00:00Z'), 1))).toBe('2026-02-28');
  expect(day(monthsAfter(days, new Date('2026-03-15T00:00:00Z'), 36))).toBe('2029-03-15');
  expect(monthsAfter({ unit: 'seconds' }, now, 12).getTime() - now.getTime()).toBe(12_000);
});
