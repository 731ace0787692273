/** The pages for everybody, written by the server: they read without JavaScript, and on a phone at once. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { Router, type Request, type RequestHandler, type Response } from 'express';
import type { ApiContext } from '../context';
import { requestIdOf } from '../middleware/request-id';
import { sharedFor } from '../shared-for';
import { encodingOf, type Encoding } from './encoding-of';
import { keepLanguage, languageOf, type Language } from './language';
import type { PublicReads } from './public-reads';
import { pageOf, tagOf, type Written } from './written-page';

interface Asked {
  path: string;
  search: string;
  language: Language;
}

type Writer = (asked: Asked) => Promise<Written>;

/** A page that is ready to be sent. */
interface Ready {
  status: number;
  tag: string;
  /** Compressed once for all who take it that way. */
  bytes: (encoding: Encoding | null) => Promise<Buffer>;
}

const SHARED_MS = 1000;

/** What addresses of public pages ask for; all else in a query says nothing to them. */
const QUERY = ['q', 'drawn', 'department', 'region', 'version', 'after', 'drawnAfter'];

/** `webDir`: where the built pages are; what writes them lies beside it (tools/build.mjs). */
export function publicPages(
  webDir: string,
  { settings, log }: ApiContext,
  reads: PublicReads,
): RequestHandler {
  const router = Router();
  const shellFile = path.join(webDir, 'public.html');
  const writerFile = path.join(webDir, '../web-server/open-server.cjs');
  if (!existsSync(shellFile)) return router;
  const shell = readFileSync(shellFile, 'utf8');
  const unwritten = readyOf(200, shell);
  const write = existsSync(writerFile) ? writerOf(writerFile, reads) : null;
  // What many look at, as in the hour of a ceremony, is written once a second.
  const pages = sharedFor<Ready>(SHARED_MS);
  router.get(/^\/public(\/|$)/, async (request, response, next) => {
    if (!request.accepts('html') || path.extname(request.path) !== '') {
      next();
      return;
    }
    keepLanguage(request, response);
    response.vary('Cookie').vary('Accept-Encoding');
    const asked = { path: request.path, search: searchOf(request), language: languageOf(request) };
    const ready = await written(asked).catch((error: unknown) => {
      log.error({ err: error, requestId: requestIdOf(response) }, 'a public page was not written');
      return null;
    });
    if (!ready) {
      response.set('Cache-Control', 'no-store');
      await send(request, response, unwritten);
      return;
    }
    const { status, tag } = ready;
    // Kept, and asked about each time: what was corrected or withdrawn shows at once.
    response.set('Cache-Control', status === 200 ? 'public, no-cache' : 'no-store');
    if (status === 503) response.set('Retry-After', '5');
    if (status === 200) {
      response.set('ETag', tag);
      if (request.fresh) {
        response.status(304).end();
        return;
      }
    }
    await send(request, response, ready);
  });
  return router;

  async function written(asked: Asked): Promise<Ready | null> {
    if (!write) return null;
    return pages(write, JSON.stringify(asked), async () => {
      const made = await write(asked);
      return readyOf(made.status, pageOf(shell, made, { ...asked, publicUrl: settings.publicUrl }));
    });
  }
}

function writerOf(file: string, reads: PublicReads): Writer {
  // Written by another build than this program's, from code that this program must not know.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { createWriter } = require(file) as { createWriter: (reads: PublicReads) => Writer };
  return createWriter(reads);
}

function searchOf({ query }: Request): string {
  const known = QUERY.flatMap((name): [string, string][] => {
    const value = query[name];
    return typeof value === 'string' && value !== '' ? [[name, value]] : [];
  });
  return known.length === 0 ? '' : `?${new URLSearchParams(known).toString()}`;
}

/** Half a second's worth of work is not spent on a page that is sent once. */
const QUICK = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

function readyOf(status: number, page: string): Ready {
  const made = new Map<Encoding | null, Promise<Buffer>>();
  return {
    status,
    tag: tagOf(page),
    bytes: (encoding) => {
      const bytes = made.get(encoding) ?? compressed(page, encoding);
      made.set(encoding, bytes);
      return bytes;
    },
  };
}

async function compressed(page: string, encoding: Encoding | null): Promise<Buffer> {
  if (encoding === 'br') return promisify(brotliCompress)(page, QUICK);
  return encoding === 'gzip' ? promisify(gzip)(page) : Buffer.from(page);
}

async function send(request: Request, response: Response, { status, bytes }: Ready): Promise<void> {
  response.status(status).type('html');
  const encoding = encodingOf(request);
  if (encoding) response.set('Content-Encoding', encoding);
  response.end(await bytes(encoding));
}
