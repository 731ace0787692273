import type { RequestHandler } from 'express';
import { forbidden } from '../../domain/errors';
import { bearerOf } from '../sign-in/machine-key';

const SAFE = ['GET', 'HEAD', 'OPTIONS'];

/** `none`: nobody's page asks, but the person, by a bookmark or the address bar. */
const OWN_SITE = ['same-origin', 'none'];

/**
 * Browsers name the page a request comes from: another site's page may not act for whoever is signed in. They say so by
 * `Origin`, and those of today by `Sec-Fetch-Site` too, which no page can set; programs send neither.
 */
export function sameOrigin(publicUrl: string): RequestHandler {
  const own = new URL(publicUrl).origin;
  return (request, _response, next) => {
    const { origin, host } = request.headers;
    const isOwnOrigin = origin === undefined || origin === own || isSameHost(origin, host);
    const isOwnSite = OWN_SITE.includes(request.get('Sec-Fetch-Site') ?? 'none');
    // Who calls by a key is known by nothing that a browser would add by itself.
    const isByKey = bearerOf(request) !== null;
    if (SAFE.includes(request.method) || isByKey || (isOwnOrigin && isOwnSite)) {
      next();
      return;
    }
    throw forbidden('foreign-origin', `不接受来自 ${origin ?? '其他网站'} 页面的请求。`);
  };
}

const isSameHost = (origin: string, host: string | undefined): boolean =>
  URL.canParse(origin) && new URL(origin).host === host;
