import type { ApiSettings, SignInSettings } from '../../api/context';

/** Those of a trial, but for sessions that last while tests move their clocks. */
export const SIGN_IN: SignInSettings = {
  idleMinutes: 24 * 60 * 1000,
  passwords: { standard: 'asvs', minLength: 8, maxAgeDays: null },
  secondFactor: { keys: [Buffer.alloc(32, 7)], roles: [] },
  provider: null,
};

/** An API that counts nobody's requests and serves no pages; what a test is about it sets itself. */
export const API_SETTINGS: ApiSettings = {
  publicUrl: 'https://onevisit.invalid',
  sessionHours: 12,
  signIn: SIGN_IN,
  secureCookies: false,
  trustProxy: 0,
  hasMessenger: true,
  deliveryKinds: ['folder'],
  rateLimits: { user: 0, address: 0, publicWrites: 0 },
  version: '0.0.0-test',
  webDir: null,
};
