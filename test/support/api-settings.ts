import type { SignInSettings } from '../../api/context';

/** Those of a trial, but for sessions that last while tests move their clocks. */
export const SIGN_IN: SignInSettings = {
  idleMinutes: 24 * 60 * 1000,
  passwords: { standard: 'asvs', minLength: 8, maxAgeDays: null },
  secondFactor: { keys: [Buffer.alloc(32, 7)], roles: [] },
  provider: null,
};
