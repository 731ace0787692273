import createClient from 'openapi-fetch';
import { Problem } from './problem';
import type { paths } from './schema';

/** Where the server writes a page no address leads out of its process (open-server.tsx). */
const baseUrl = import.meta.env.SSR ? 'http://localhost/' : '/';

/** The API on this page's own origin; the session is a cookie that scripts can't read. */
export const api = createClient<paths>({ baseUrl, credentials: 'same-origin' });

type Call<T> = Promise<{ data?: T; error?: unknown; response: Response }>;

/** The answer of a call, or a thrown `Problem` that a person can read. */
export async function answerOf<T>(call: Call<T>): Promise<T> {
  let outcome: Awaited<Call<T>>;
  try {
    outcome = await call;
  } catch {
    throw Problem.unreachable();
  }
  if (!outcome.response.ok) throw Problem.from(outcome.error, outcome.response.status);
  return outcome.data as T;
}

/** Names one intention: a repeated request with it is carried out once. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
