/** What search engines are told: which pages are for them, and where they are. */
import { Router, type RequestHandler } from 'express';
import type { ApiContext } from '../context';
import type { PublicReads } from './public-reads';
import { escaped } from './written-page';

/** Beyond these, the newest are named; the lists on the pages lead to the rest. */
const MOST_OF_A_KIND = 5000;
const PAGE = 200;

const FIXED = [
  '',
  '/results',
  '/ceremonies',
  '/items',
  '/annual-plans',
  '/bulletins',
  '/open-data',
  '/audit',
];

interface Page {
  rows: Record<string, unknown>[];
  nextCursor?: string | null;
}

export function crawlers({ settings }: ApiContext, reads: PublicReads): RequestHandler {
  const router = Router();
  router.get('/robots.txt', (_request, response) => {
    response
      .type('text/plain; charset=utf-8')
      .send(
        ['User-agent: *', 'Allow: /public', 'Allow: /assets/', 'Allow: /favicon.svg', 'Allow: /verify.html']
          .concat([
            'Disallow: /public/visit',
            'Disallow: /',
            '',
            `Sitemap: ${settings.publicUrl}/sitemap.xml`,
            '',
          ])
          .join('\n'),
      );
  });
  router.get('/sitemap.xml', async (_request, response) => {
    const named = await Promise.all([
      namesOf(reads, 'campaigns', ({ code }) => `/${String(code)}`),
      namesOf(reads, 'items', ({ code }) => `/items/${String(code)}`),
      namesOf(reads, 'annual-plans', ({ year }) => `/annual-plans/${String(year)}`),
      namesOf(reads, 'bulletins', ({ number }) => `/bulletins/${String(number)}`),
    ]);
    const places = [...FIXED, ...named.flat()].map(
      (place) => `  <url><loc>${escaped(`${settings.publicUrl}/public${place}`)}</loc></url>`,
    );
    response
      .set('Cache-Control', 'public, max-age=3600')
      .type('application/xml; charset=utf-8')
      .send(
        [
          '<?xml version="1.0" encoding="UTF-8"?>',
          '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
          ...places,
          '</urlset>\n',
        ].join('\n'),
      );
  });
  return router;
}

async function namesOf(
  reads: PublicReads,
  list: string,
  placeOf: (row: Page['rows'][number]) => string,
): Promise<string[]> {
  const places: string[] = [];
  for (let cursor = ''; ;) {
    const query = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const answer = await reads(new Request(`http://localhost/api/v1/public/${list}?limit=${PAGE}${query}`));
    const { rows, nextCursor } = (await answer.json()) as Page;
    if (!answer.ok) throw new Error(`reading ${list} for the map of the site failed: ${answer.status}`);
    places.push(...rows.map(placeOf));
    if (!nextCursor || places.length >= MOST_OF_A_KIND) return places;
    cursor = nextCursor;
  }
}
