import { randomBytes } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';
import type { ApiSettings } from '../context';

const COMMON = {
  defaultSrc: ["'self'"],
  baseUri: ["'none'"],
  fontSrc: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  objectSrc: ["'none'"],
  scriptSrc: ["'self'"],
  scriptSrcAttr: ["'none'"],
};

/** What our pages never ask a browser for. Photos on site come through the phone's own camera application. */
const PERMISSIONS = [
  ...['accelerometer', 'browsing-topics', 'camera', 'display-capture', 'geolocation', 'gyroscope'],
  ...['magnetometer', 'microphone', 'midi', 'payment', 'serial', 'usb'],
]
  .map((feature) => `${feature}=()`)
  .join(', ');

/**
 * What browsers are held to. Scripts and styles come from our own files; the style elements that the component library
 * makes carry the page's nonce, and text that became markup has none.
 */
export function securityHeaders(settings: ApiSettings): RequestHandler[] {
  const hardened = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        ...COMMON,
        styleSrc: ["'self'", (_request, response) => `'nonce-${nonceOf(response as Response)}'`],
        // The library measures the height of growing text fields by a style attribute; no rule can be written in one.
        styleSrcAttr: ["'unsafe-inline'"],
      },
    },
    strictTransportSecurity: settings.secureCookies && { maxAge: 31_536_000, includeSubDomains: true },
    // Over plain HTTP (a trial on one machine) browsers ignore it, loudly.
    crossOriginOpenerPolicy: settings.secureCookies,
    originAgentCluster: settings.secureCookies,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
  return [
    (_request, response, next) => {
      (response as Response).locals['styleNonce'] = randomBytes(16).toString('base64');
      response.setHeader('Permissions-Policy', PERMISSIONS);
      next();
    },
    hardened,
  ];
}

/** By which the page's own style elements are known; another one for each answer. */
export const nonceOf = (response: Response): string => String(response.locals['styleNonce']);

/** Where vite writes the nonce into the page (`html.cspNonce` of web/vite.config.ts). */
const NONCE_PLACE = '__STYLE_NONCE__';

/** The page with the nonce of its answer. */
export const withNonce = (page: string, response: Response): string =>
  page.replaceAll(NONCE_PLACE, nonceOf(response));
