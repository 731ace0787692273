import fc from 'fast-check';
import {
  afterStep,
  HANDLING_STATUSES,
  HANDLING_STEPS,
  possibleSteps,
  type HandlingState,
  type HandlingStep,
} from '../../../domain/handling/course';
import { CASE_TASKS, owedIn, postOf } from '../../../domain/handling/owed';
import type { HandlingTrack } from '../../../domain/visits/results';

const TRACKS: HandlingTrack[] = ['rectification', 'abnormal-list', 'serious-list', 'penalty'];
const STARTS: HandlingState[] = TRACKS.map((track) => ({ track, status: 'open' }));

/** Every state that any steps lead to, with how many measures may still be to be lifted. */
function reachable(): HandlingState[] {
  const found = new Map<string, HandlingState>();
  const queue = [...STARTS];
  for (let state = queue.pop(); state; state = queue.pop()) {
    const key = `${state.track}/${state.status}`;
    if (found.has(key)) continue;
    found.set(key, state);
    for (const step of HANDLING_STEPS) {
      for (const toLift of [0, 1]) {
        const after = afterStep(state, step, toLift);
        if (!('refusal' in after)) queue.push(after);
      }
    }
  }
  return [...found.values()];
}

/** Whether the case can come to its end from here. */
function ends(state: HandlingState, seen = new Set<string>()): boolean {
  if (state.status === 'closed') return true;
  const key = `${state.track}/${state.status}`;
  if (seen.has(key)) return false;
  seen.add(key);
  return possibleSteps(state).some((step) => {
    const after = afterStep(state, step, 0);
    return !('refusal' in after) && ends(after, seen);
  });
}

test('every state is reached, and each has a way to the end', () => {
  const states = reachable();
  expect(new Set(states.map(({ status }) => status))).toEqual(new Set(HANDLING_STATUSES));
  for (const state of states) expect([state, ends(state)]).toEqual([state, true]);
});

test('in every state that waits for somebody, somebody owes something they can do', () => {
  for (const state of reachable()) {
    const owed = owedIn(state);
    for (const { kind, by } of owed) {
      expect(CASE_TASKS).toContain(kind);
      expect(possibleSteps(state).map(postOf)).toContain(by);
    }
    // On a list it rests; other departments and the end are all that is left.
    if (!['listed', 'lifting', 'closed'].includes(state.status)) expect(owed.length).toBeGreaterThan(0);
  }
});

test('whatever is tried, a case is only ever in a state of the table, and nothing follows its end', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...STARTS),
      fc.array(fc.tuple(fc.constantFrom(...HANDLING_STEPS), fc.nat(2)), { maxLength: 40 }),
      (start, tried) => {
        const known = new Set(reachable().map(({ track, status }) => `${track}/${status}`));
        let state = start;
        for (const [step, toLift] of tried) {
          const after = afterStep(state, step, toLift);
          if ('refusal' in after) {
            expect(after.refusal).not.toBe('');
            continue;
          }
          expect(state.status).not.toBe('closed');
          expect(known.has(`${after.track}/${after.status}`)).toBe(true);
          state = after;
        }
      },
    ),
  );
});

test('nobody gets on a list without a proposal, nor on the serious one without being heard', () => {
  for (const state of reachable()) {
    const after = afterStep(state, 'listing-approved');
    if (!('refusal' in after)) expect(state.status).toBe('proposed');
    const proposed = afterStep(state, 'proposed');
    if ('refusal' in proposed) continue;
    expect(proposed.status).toBe(state.track === 'serious-list' ? 'hearing' : 'proposed');
  }
});

/** As version 0.1.0 had it: its cases go on here, and its recorded histories are replayed on today's code. */
function in010({ track, status }: HandlingState, step: HandlingStep): HandlingState | null {
  if (status === 'closed') return null;
  if (step === 'decided') return track === 'rectification' ? null : { track, status: 'closed' };
  if (track !== 'rectification') return null;
  if (step === 'rectified') return status === 'open' ? { track, status: 'awaiting-recheck' } : null;
  if (status !== 'awaiting-recheck') return null;
  return step === 'recheck-passed' ? { track, status: 'closed' } : { track: 'penalty', status: 'open' };
}

test('what 0.1.0 allowed and refused in its states stays so', () => {
  for (const track of TRACKS) {
    for (const status of ['open', 'awaiting-recheck', 'closed'] as const) {
      if (status === 'awaiting-recheck' && track !== 'rectification') continue;
      for (const step of ['rectified', 'recheck-passed', 'recheck-failed', 'decided'] as const) {
        const after = afterStep({ track, status }, step);
        expect('refusal' in after ? null : after).toEqual(in010({ track, status }, step));
      }
    }
  }
});
