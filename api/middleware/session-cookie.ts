import { createHash, randomBytes } from 'node:crypto';
import { parse, serialize } from 'cookie';
import type { Request, Response } from 'express';
import type { ApiSettings } from '../context';

const NAME = 'onevisit_session';

/** Tells a browser at which somebody has signed in before from those of strangers; it opens nothing. */
const DEVICE = 'onevisit_device';
const DEVICE_DAYS = 180;

/** Of a sign-in that waits for its second factor. */
const CHALLENGE = 'onevisit_challenge';

/** Of a sign-in that waits for the identity provider's answer: of another browser's, none is taken. */
const PROVIDER = 'onevisit_provider';

/** The cookie's token as the database keeps it: a stolen table gives no session. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

export const newToken = (): string => randomBytes(32).toString('base64url');

export const tokenOf = (request: Request): string | null => read(request, NAME);

export function setToken(response: Response, token: string, settings: ApiSettings): void {
  response.append('Set-Cookie', cookie(NAME, token, settings, settings.sessionHours * 3600));
}

export const deviceOf = (request: Request): string | null => read(request, DEVICE);

export function setDevice(response: Response, device: string, settings: ApiSettings): void {
  response.append('Set-Cookie', cookie(DEVICE, device, settings, DEVICE_DAYS * 86_400));
}

export const challengeOf = (request: Request): string | null => read(request, CHALLENGE);

export function setChallenge(
  response: Response,
  token: string,
  settings: ApiSettings,
  seconds: number,
): void {
  response.append('Set-Cookie', cookie(CHALLENGE, token, settings, seconds));
}

export function clearChallenge(response: Response, settings: ApiSettings): void {
  response.append('Set-Cookie', cookie(CHALLENGE, '', settings, 0));
}

export const providerOf = (request: Request): string | null => read(request, PROVIDER);

export function setProvider(response: Response, token: string, settings: ApiSettings, seconds: number): void {
  response.append('Set-Cookie', cookie(PROVIDER, token, settings, seconds));
}

export function clearProvider(response: Response, settings: ApiSettings): void {
  response.append('Set-Cookie', cookie(PROVIDER, '', settings, 0));
}

/**
 * Pages that the browser keeps for going back go too (ASVS 5.0 14.3.1). Not its storage: there lie sealed values that no other
 * copy exists of, and drafts of results that have not reached the server.
 */
export function clearToken(response: Response, settings: ApiSettings): void {
  response.setHeader('Clear-Site-Data', '"cache"');
  response.append('Set-Cookie', cookie(NAME, '', settings, 0));
}

/** Where createApp says that cookies travel over HTTPS alone. */
export const SECURE_COOKIES = 'secure cookies';

/** With the prefix browsers take a cookie from this host alone, over HTTPS: no neighbour can set one (ASVS 5.0 3.3.3). */
export const nameOf = (name: string, isSecure: boolean): string => (isSecure ? `__Host-${name}` : name);

const read = (request: Request, name: string): string | null =>
  parse(request.headers.cookie ?? '')[nameOf(name, request.app.get(SECURE_COOKIES) === true)] ?? null;

const cookie = (name: string, value: string, settings: ApiSettings, maxAge: number): string =>
  serialize(nameOf(name, settings.secureCookies), value, {
    httpOnly: true,
    sameSite: 'lax',
    secure: settings.secureCookies,
    path: '/',
    maxAge,
  });
