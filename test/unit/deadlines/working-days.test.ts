import fc from 'fast-check';
import { digestTime, dueAfter, stepTimes } from '../../../domain/deadlines/due';
import { CITY_POLICY, type DeadlinePolicy } from '../../../domain/deadlines/policy';
import { addWorkingDays, calendarOf, dayOf, instantOf, shift } from '../../../domain/deadlines/working-days';

const calendar = calendarOf([]);

describe('working days follow the State Council arrangement', () => {
  test.each([
    ['the eve of National Day 2025 is followed by the 9th of October', '2025-09-30', 1, '2025-10-09'],
    ['the make-up Sunday of 28 September 2025 counts', '2025-09-26', 1, '2025-09-28'],
    ['Spring Festival 2026 is passed over, its make-up Saturday counts', '2026-02-13', 1, '2026-02-14'],
    ['back over a weekend', '2026-04-13', -1, '2026-04-10'],
    ['no day at all', '2026-04-11', 0, '2026-04-11'],
  ])('%s', (_, from, n, expected) => {
    expect(addWorkingDays(calendar, from, n)).toEqual({ day: expected, provisional: false });
  });

  test('a year that is not announced is provisional, and fixed holidays are off in it', () => {
    expect(calendar.isAnnounced(2090)).toBe(false);
    expect(addWorkingDays(calendar, '2089-12-30', 1).provisional).toBe(true);
    expect(calendar.isWorkingDay('2090-10-02')).toBe(false);
    expect(calendar.isWorkingDay('2090-10-04')).toBe(true);
  });

  test("a city's own day off and working day win", () => {
    const own = calendarOf([
      { date: '2026-04-08', kind: 'holiday' },
      { date: '2026-04-11', kind: 'workday' },
    ]);
    expect(addWorkingDays(own, '2026-04-07', 1).day).toBe('2026-04-09');
    expect(addWorkingDays(own, '2026-04-10', 1).day).toBe('2026-04-11');
  });
});

describe('due dates and their steps', () => {
  test('the end of the day in Shanghai', () => {
    // 17:00 UTC is already the next day in Shanghai.
    const due = dueAfter(CITY_POLICY, calendar, new Date('2026-04-13T17:00:00Z'), 1);
    expect(due).toEqual({ at: new Date('2026-04-15T15:59:59Z'), provisional: false });
  });

  test('reminders 5 and 1 working days before and on the day; overdue, urging and escalation 1, 3 and 5 after', () => {
    const due = instantOf('2025-09-30', '23:59:59');
    expect(stepTimes(CITY_POLICY, calendar, due).map((step) => [step.name, dayOf(step.at)])).toEqual([
      ['remind-5', '2025-09-24'],
      ['remind-1', '2025-09-29'],
      ['due-today', '2025-09-30'],
      ['overdue', '2025-10-09'],
      ['urge', '2025-10-11'],
      ['escalate', '2025-10-14'],
    ]);
  });

  test('a policy in seconds runs through the same steps', () => {
    const seconds: DeadlinePolicy = { ...CITY_POLICY, unit: 'seconds' };
    const due = dueAfter(seconds, calendar, new Date(0), 60);
    expect(due.at).toEqual(new Date(60_000));
    expect(stepTimes(seconds, calendar, due.at).map((step) => step.at.getTime() / 1000)).toEqual([
      55, 59, 60, 61, 63, 65,
    ]);
  });

  test('the digest waits for its hour on the next working day', () => {
    expect(digestTime(CITY_POLICY, calendar, instantOf('2025-09-30', '09:00'))).toEqual(
      instantOf('2025-10-09', '08:30'),
    );
    expect(digestTime(CITY_POLICY, calendar, instantOf('2025-09-30', '08:00'))).toEqual(
      instantOf('2025-09-30', '08:30'),
    );
  });
});

const someDay = fc
  .integer({ min: Date.UTC(2024, 0, 1) / 86_400_000, max: Date.UTC(2028, 11, 31) / 86_400_000 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));

test('counting forward lands on a working day with exactly n working days passed', () => {
  fc.assert(
    fc.property(someDay, fc.integer({ min: 1, max: 30 }), (from, n) => {
      const { day } = addWorkingDays(calendar, from, n);
      let passed = 0;
      for (let at = from; at < day;) {
        at = dayOf(new Date(instantOf(at, '12:00').getTime() + 86_400_000));
        if (calendar.isWorkingDay(at)) passed += 1;
      }
      expect(calendar.isWorkingDay(day)).toBe(true);
      expect(passed).toBe(n);
    }),
  );
});

test('steps come in order around any due date', () => {
  fc.assert(
    fc.property(someDay, fc.integer({ min: 1, max: 40 }), (from, n) => {
      const { at } = dueAfter(CITY_POLICY, calendar, instantOf(from, '10:00'), n);
      const times = stepTimes(CITY_POLICY, calendar, at).map((step) => step.at.getTime());
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    }),
  );
});

test('from a working day, so many days forward and as many back is where one began', () => {
  fc.assert(
    fc.property(someDay, fc.integer({ min: 0, max: 40 }), (from, n) => {
      const start = calendar.isWorkingDay(from) ? from : addWorkingDays(calendar, from, 1).day;
      expect(addWorkingDays(calendar, addWorkingDays(calendar, start, n).day, -n).day).toBe(start);
      expect(addWorkingDays(calendar, addWorkingDays(calendar, start, -n).day, n).day).toBe(start);
    }),
  );
});

test('counting on in two parts is counting on at once', () => {
  fc.assert(
    fc.property(someDay, fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 20 }), (from, n, m) => {
      const between = addWorkingDays(calendar, from, n).day;
      expect(addWorkingDays(calendar, between, m).day).toBe(addWorkingDays(calendar, from, n + m).day);
    }),
  );
});

test('a holiday in the way moves every later due day on, a make-up day back', () => {
  fc.assert(
    fc.property(someDay, fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 40 }), (from, n, gap) => {
      const date = shift(from, gap);
      const due = (kind: 'holiday' | 'workday') => addWorkingDays(calendarOf([{ date, kind }]), from, n).day;
      const plain = addWorkingDays(calendar, from, n).day;
      expect(due('holiday') >= plain).toBe(true);
      expect(due('workday') <= plain).toBe(true);
      if (calendar.isWorkingDay(date) && date <= plain) expect(due('holiday') > plain).toBe(true);
      else expect(due('holiday')).toBe(plain);
    }),
  );
});

test('the sweep of a day comes before its digest, on the same day, however early that is', () => {
  for (const digestAt of ['00:00', '00:05', '08:30', '23:59']) {
    const [step] = stepTimes({ ...CITY_POLICY, digestAt }, calendar, instantOf('2026-04-13', '23:59:59'));
    const at = step?.at ?? new Date(0);
    expect(dayOf(at)).toBe('2026-04-03');
    // A reminder that the sweep writes at that moment is in the digest of that day.
    expect(digestTime({ ...CITY_POLICY, digestAt }, calendar, at)).toEqual(instantOf('2026-04-03', digestAt));
  }
});
