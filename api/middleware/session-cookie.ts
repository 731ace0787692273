import { createHash, randomBytes } from 'node:crypto';
import { parse, serialize } from 'cookie';
import type { Request, Response } from 'express';
import type { ApiSettings } from '../context';

const NAME = 'onevisit_session';

/** The cookie's token as the database keeps it: a stolen table gives no session. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

export const newToken = (): string => randomBytes(32).toString('base64url');

export const tokenOf = (request: Request): string | null => parse(request.headers.cookie ?? '')[NAME] ?? null;

export function setToken(response: Response, token: string, settings: ApiSettings): void {
  response.append('Set-Cookie', cookie(token, settings, settings.sessionHours * 3600));
}

export function clearToken(response: Response, settings: ApiSettings): void {
  response.append('Set-Cookie', cookie('', settings, 0));
}

const cookie = (token: string, settings: ApiSettings, maxAge: number): string =>
  serialize(NAME, token, {
    httpOnly: true,
    sameSite: 'lax',
    secure: settings.secureCookies,
    path: '/',
    maxAge,
  });
