/** A public page as text: what the writer drew, put into the page that vite has built. */
import { createHash } from 'node:crypto';
import type { Language } from './language';

/** What web/src/open-server.tsx returns. */
export interface Written {
  status: number;
  title: string;
  description: string;
  html: string;
  state: unknown;
}

export interface Place {
  publicUrl: string;
  path: string;
  /** What of the query belongs to the page's own address, with its question mark. */
  search: string;
  language: Language;
}

/** Of pages that are about one notice, the same as another on paper, or what somebody looked for. */
const UNLISTED = /^\/public\/visit$|\/print$|[?&](?:q|drawn)=/;

/** `shell`: the built public.html. */
export function pageOf(
  shell: string,
  { status, title, description, html, state }: Written,
  place: Place,
): string {
  const own = escaped(`${place.publicUrl}${place.path}${place.search}`);
  const inLanguage = (language: Language) => `${own}${place.search === '' ? '?' : '&amp;'}lang=${language}`;
  const isListed = status === 200 && !UNLISTED.test(place.path) && !UNLISTED.test(place.search);
  const head = [
    `<title>${escaped(title)}</title>`,
    ...(description === '' ? [] : [`<meta name="description" content="${escaped(description)}" />`]),
    ...(isListed
      ? [
          `<link rel="canonical" href="${place.language === 'en' ? inLanguage('en') : own}" />`,
          `<link rel="alternate" hreflang="zh-CN" href="${own}" />`,
          `<link rel="alternate" hreflang="en" href="${inLanguage('en')}" />`,
        ]
      : ['<meta name="robots" content="noindex" />']),
  ];
  // What could not be read is read again by the browser: it begins with nothing.
  const begin =
    status === 200 ? `\n    <script id="state" type="application/json">${inScript(state)}</script>` : '';
  return shell
    .replace('<html lang="zh-CN">', `<html lang="${place.language}">`)
    .replace(/<!--head-->[^]*<!--\/head-->/, () => head.join('\n    '))
    .replace(/<!--page-->[^]*<!--\/page-->/, () => `<div id="root">${html}</div>${begin}`);
}

/** Weak: compressed or not, it is the same page. */
export const tagOf = (page: string): string =>
  `W/"${createHash('sha256').update(page).digest('base64url').slice(0, 27)}"`;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export const escaped = (text: string): string => text.replace(/[&<>"]/g, (one) => ENTITIES[one] ?? one);

/** JSON that no parser of HTML takes for the end of its element. */
const inScript = (value: unknown): string => JSON.stringify(value).replace(/</g, '\\u003c');
