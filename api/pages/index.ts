import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { static as files, Router, type RequestHandler } from 'express';
import type { ApiContext } from '../context';
import { withNonce } from '../middleware/security-headers';
import { implementations } from '../routes';
import { verifierPage } from '../verifier-page';
import { compressedAssets } from './compressed-assets';
import { crawlers } from './crawlers';
import { publicPages } from './public-pages';
import { publicReads } from './public-reads';

/** Everything that is read in a browser. Where the server writes no page, it is the office's application itself. */
export function pages(webDir: string, context: ApiContext, limit: RequestHandler): Router {
  const router = Router();
  router.use('/assets', compressedAssets(path.join(webDir, 'assets')));
  // XML is text, too: its charset is said as that of all others (ASVS 5.0 4.1.1).
  router.get(/\.svg$/, (_request, response, next) => {
    response.type('image/svg+xml; charset=utf-8');
    next();
  });
  const verifier = path.join(webDir, 'verify.html');
  if (existsSync(verifier)) router.get('/verify.html', verifierPage(verifier));
  const reads = publicReads(context, implementations);
  router.get(['/robots.txt', '/sitemap.xml', /^\/public(\/|$)/], limit);
  router.use(crawlers(context, reads), publicPages(webDir, context, reads));
  router.use(files(webDir, { index: false, maxAge: 0 }));
  const page = readFileSync(path.join(webDir, 'index.html'), 'utf8');
  router.get(/.*/, (request, response, next) => {
    if (request.accepts('html') === false || path.extname(request.path) !== '') next();
    else response.set('Cache-Control', 'no-cache').type('html').send(withNonce(page, response));
  });
  return router;
}
