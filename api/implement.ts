/** How an endpoint of the contract is done: a handler whose types come from the declaration. */
import type { Readable } from 'node:stream';
import type { Response } from 'express';
import type { z } from 'zod';
import type { SessionState } from '../db/sessions';
import type { Actor } from '../domain/roles';
import type { ApiContext } from './context';
import type { Endpoint } from './contract/endpoint';

export interface ApiRequest<P, Q, B> {
  params: P;
  query: Q;
  body: B;
  /** Who is signed in; endpoints that are not public always have one. */
  actor: Actor;
  /** By which the actor is known; null where nobody is signed in. */
  session: SessionState | null;
  /** The caller's key for this request (`Idempotency-Key`), or one made up. */
  key: string;
  address: string | null;
  requestId: string;
  /** The body of an endpoint that takes a file. */
  stream: Readable;
  /** Cookies and headers beyond the declared answer. */
  response: Response;
  /** Tells a workflow of a change, once it is committed. The answer does not wait for it. */
  afterwards: (work: () => Promise<void>) => void;
}

/** An answer that is a file. */
export class FileAnswer {
  constructor(
    readonly content: Buffer | Readable,
    readonly fileName: string,
    /** Bytes that never change under this address may be kept by caches; their SHA-256 names them. */
    readonly lasting: {
      sha256: string;
      size: number;
      /** Only to ask whether it has changed, and by who has it for themselves. */
      mayChange?: boolean;
    } | null = null,
    /** Where the endpoint's files are of several kinds. */
    readonly mediaType: string | null = null,
  ) {}
}

export interface Implementation {
  endpoint: Endpoint;
  handle: (request: ApiRequest<unknown, unknown, unknown>, context: ApiContext) => Promise<unknown>;
}

type Output<T> = T extends z.ZodType ? z.output<T> : undefined;
type Answer<T> = T extends z.ZodType ? z.input<T> : FileAnswer | undefined;

export function implement<
  P extends z.ZodObject,
  Q extends z.ZodObject,
  B extends z.ZodType,
  A extends z.ZodType,
>(
  endpoint: Endpoint<P, Q, B, A>,
  handle: (
    request: ApiRequest<Output<P>, Output<Q>, Output<B>>,
    context: ApiContext,
  ) => Promise<Answer<A> | FileAnswer | undefined>,
): Implementation {
  return { endpoint: endpoint, handle: handle as Implementation['handle'] };
}
