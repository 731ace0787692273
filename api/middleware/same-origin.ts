import type { RequestHandler } from 'express';
import { forbidden } from '../../domain/errors';

const SAFE = ['GET', 'HEAD', 'OPTIONS'];

/** Browsers name the page a request comes from: another site's page may not act for whoever is signed in. */
export function sameOrigin(publicUrl: string): RequestHandler {
  const own = new URL(publicUrl).origin;
  return (request, _response, next) => {
    const { origin } = request.headers;
    if (
      SAFE.includes(request.method) ||
      origin === undefined ||
      origin === own ||
      isSameHost(origin, request.headers.host)
    ) {
      next();
      return;
    }
    throw forbidden('foreign-origin', `不接受来自 ${origin} 页面的请求。`);
  };
}

const isSameHost = (origin: string, host: string | undefined): boolean =>
  URL.canParse(origin) && new URL(origin).host === host;
