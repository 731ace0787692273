import fc from 'fast-check';
import { blockedUntil, laneOf, waitAfter } from '../../../domain/sign-in/lock-out';

const now = new Date('2026-11-28T02:00:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);

test('a browser that the person has used goes before the address, and both before strangers', () => {
  expect(laneOf({ device: true, address: false })).toBe('device');
  expect(laneOf({ device: true, address: true })).toBe('device');
  expect(laneOf({ device: false, address: true })).toBe('address');
  expect(laneOf({ device: false, address: false })).toBe('stranger');
});

test('five failures go without a wait, then each doubles it, up to a quarter of an hour', () => {
  expect([4, 5, 6, 7, 8, 9, 10, 11, 1000].map((count) => waitAfter(count, 5) / 1000)).toEqual([
    0, 30, 60, 120, 240, 480, 900, 900, 900,
  ]);
});

test('who has waited long enough may try once more', () => {
  expect(blockedUntil({ own: { count: 5, last: ago(29) } }, now)).toEqual(new Date(now.getTime() + 1000));
  expect(blockedUntil({ own: { count: 5, last: ago(30) } }, now)).toBeNull();
});

test('the longest of all waits counts', () => {
  const failures = {
    own: { count: 1, last: ago(1) },
    address: { count: 33, last: ago(10) },
    strangers: { count: 101, last: ago(10) },
  };
  expect(blockedUntil(failures, now)).toEqual(new Date(now.getTime() + 230_000));
});

test('no wait is ever longer than a quarter of an hour, and none gets shorter by another failure', () => {
  fc.assert(
    fc.property(fc.nat({ max: 100_000 }), fc.nat({ max: 200 }), (count, free) => {
      expect(waitAfter(count, free)).toBeLessThanOrEqual(15 * 60_000);
      expect(waitAfter(count + 1, free)).toBeGreaterThanOrEqual(waitAfter(count, free));
    }),
  );
});
