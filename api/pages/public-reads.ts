/** The public part of the API, answered without a network: what the server writes pages from. */
import { randomUUID } from 'node:crypto';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Response as ExpressResponse } from 'express';
import { notFound } from '../../domain/errors';
import { PERMISSIONS, type EndpointName } from '../../domain/permissions/table';
import type { ApiContext } from '../context';
import { FileAnswer, type Implementation } from '../implement';
import { loggable, problemOf } from '../middleware/problems';
import { parse } from '../parse';
import { reachFor, VISITOR } from '../reach';

/** Answers a request for what everybody may read; whoever asks, nobody's session is looked at. */
export type PublicReads = (request: Request) => Promise<Response>;

interface Read extends Implementation {
  pattern: RegExp;
}

export function publicReads(context: ApiContext, implementations: readonly Implementation[]): PublicReads {
  const reads = implementations.filter(isPublicRead).map((one) => ({ ...one, pattern: patternOf(one) }));
  return async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    try {
      const read = reads.find(({ pattern }) => pattern.test(pathname));
      if (!read) throw notFound('no-such-path', `没有这个接口：${pathname}。`);
      return await answer(read, pathname, searchParams, context);
    } catch (error) {
      const { status, type, detail } = problemOf(error);
      if (status >= 500) context.log.error({ err: loggable(error) }, 'reading for a page failed');
      return Response.json({ type, detail, status }, { status });
    }
  };
}

const isPublicRead = ({ endpoint: { id, method } }: Implementation): boolean =>
  method === 'get' && PERMISSIONS[id as EndpointName].who === 'public';

const patternOf = ({ endpoint }: Implementation): RegExp =>
  new RegExp(`^/api/v1${endpoint.path.replace(/\./g, '\\.').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);

async function answer(
  { endpoint, handle, pattern }: Read,
  pathname: string,
  searchParams: URLSearchParams,
  context: ApiContext,
): Promise<Response> {
  const named = Object.entries(pattern.exec(pathname)?.groups ?? {});
  const params = Object.fromEntries(named.map(([name, value]) => [name, decodeURIComponent(value)]));
  const found = await handle(
    {
      params: parse(endpoint.params, params, 'path'),
      query: parse(endpoint.query, Object.fromEntries(searchParams), 'query'),
      body: undefined,
      actor: VISITOR,
      session: null,
      key: randomUUID(),
      address: null,
      requestId: randomUUID(),
      stream: Readable.from([]),
      // Headers of an answer that nobody is sent.
      response: new ServerResponse(new IncomingMessage(new Socket())) as ExpressResponse,
      afterwards: () => undefined,
    },
    { ...context, db: reachFor(endpoint, VISITOR, context) },
  );
  const headers = { date: context.now().toUTCString() };
  if (!(found instanceof FileAnswer)) return Response.json(found, { headers });
  const { content } = found;
  return new Response(new Uint8Array(content instanceof Readable ? await buffer(content) : content), {
    headers,
  });
}
