import { parse, serialize } from 'cookie';
import type { Request, Response } from 'express';
import { nameOf, SECURE_COOKIES } from '../middleware/session-cookie';

export type Language = 'zh-CN' | 'en';

/** web/src/i18n/index.ts writes it too: which language somebody reads is no secret. */
const COOKIE = 'onevisit_language';
const YEAR_SECONDS = 31_536_000;

/** The language that the address names, that was chosen before, or Chinese. */
export function languageOf(request: Request): Language {
  const chosen = parse(request.headers.cookie ?? '')[nameFor(request)];
  return (named(request) ?? chosen) === 'en' ? 'en' : 'zh-CN';
}

/** Without JavaScript, the language that an address names holds for the pages after it. */
export function keepLanguage(request: Request, response: Response): void {
  const language = named(request);
  if (!language) return;
  response.append(
    'Set-Cookie',
    serialize(nameFor(request), language, {
      sameSite: 'lax',
      secure: isSecure(request),
      path: '/',
      maxAge: YEAR_SECONDS,
    }),
  );
}

function named({ query }: Request): Language | null {
  const { lang } = query;
  return lang === 'en' || lang === 'zh-CN' ? lang : null;
}

const isSecure = (request: Request): boolean => request.app.get(SECURE_COOKIES) === true;

const nameFor = (request: Request): string => nameOf(COOKIE, isSecure(request));
