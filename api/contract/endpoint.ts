/**
 * The contract of the API: what each endpoint takes and answers, apart from how it is done.
 * Who may call is said in domain/permissions, by the endpoint's id.
 * The router, the OpenAPI document and the web client all come from these declarations.
 */
import type { z } from 'zod';

export interface Endpoint<
  Params extends z.ZodObject = z.ZodObject,
  Query extends z.ZodObject = z.ZodObject,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  id: string;
  method: 'get' | 'post' | 'put' | 'delete';
  /** Below /api/v1, parameters in braces. */
  path: string;
  tag: string;
  summary: string;
  /** Open too to who has yet to change the password, or whatever else is owed after signing in. */
  whileOwing?: true;
  params?: Params;
  query?: Query;
  body?: Body;
  /** Content type of a body that is a file and reaches the handler as a stream. */
  rawBody?: string;
  /** null: no content, or a file (see `file`). */
  answer: Answer | null;
  /** Content type of an answer that is a file; several where the handler says which. */
  file?: string | readonly string[];
  status?: number;
  /** Statuses of refusals beyond those that come with what the endpoint takes and who may call it (api/openapi.ts). */
  refusals?: readonly number[];
  /**
   * An `Idempotency-Key` makes a repeated call return the first answer: `transaction` where the handler changes the
   * database only, `workflow` where a workflow carries the call out once under the key.
   */
  once?: 'transaction' | 'workflow';
}

export const endpoint = <
  P extends z.ZodObject,
  Q extends z.ZodObject,
  B extends z.ZodType,
  A extends z.ZodType,
>(
  declared: Endpoint<P, Q, B, A>,
): Endpoint<P, Q, B, A> => declared;
