import { statusAfter, statusByReport } from '../../../domain/notices/delivery';
import { nextAttemptAt } from '../../../domain/notices/retry';

const FIRST = new Date('2026-04-03T01:00:00Z');
const MINUTE = 60_000;

/** The minutes after the first attempt at which a mail is tried that never arrives, each attempt taking no time. */
function attempts(): number[] {
  const minutes = [0];
  for (let now: Date | null = FIRST; ;) {
    now = nextAttemptAt(minutes.length, FIRST, now);
    if (!now) return minutes;
    minutes.push((now.getTime() - FIRST.getTime()) / MINUTE);
  }
}

test('a mail is tried later each time, at most half an hour apart, the last time after four hours', () => {
  expect(attempts().slice(0, 7)).toEqual([0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5]);
  expect(attempts().slice(-4)).toEqual([151.5, 181.5, 211.5, 240]);
});

test.each([
  ['taken', true, 'sent'],
  ['refused', true, 'permanent-failure'],
  ['put-off', true, 'sending'],
  ['put-off', false, 'temporary-failure'],
  ['unusable', true, 'sending'],
  ['unusable', false, 'technical-failure'],
] as const)('%s, to be tried again: %s, gives %s', (answer, mayRetry, status) => {
  expect(statusAfter(answer, mayRetry)).toBe(status);
});

test.each([
  ['delivered', '2.0.0', 'delivered'],
  ['Failed', '5.1.1', 'permanent-failure'],
  ['failed', '4.4.7', 'temporary-failure'],
  ['failed', '', 'permanent-failure'],
  ['delayed', '4.4.1', null],
  ['relayed', '2.0.0', null],
  ['expanded', '2.0.0', null],
] as const)('a report of %s %s gives %s', (action, status, given) => {
  expect(statusByReport({ action, status })).toBe(given);
});
