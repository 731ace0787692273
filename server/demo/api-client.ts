import { randomUUID } from 'node:crypto';
import { DomainError } from '../../domain/errors';

/** How long an unreachable system may take to come back. */
const PATIENCE_MS = 120_000;
const PAUSE_MS = 500;

type Body = Record<string, unknown> | { file: Buffer };

/** One official's way to the public API. A request whose answer is lost is repeated with the same key. */
export class ApiClient {
  constructor(
    private readonly baseUrl: string,
    private readonly cookie: string | null,
  ) {}

  get<T>(path: string): Promise<T> {
    return this.call<T>('GET', path);
  }

  post<T>(path: string, body?: Body): Promise<T> {
    return this.call<T>('POST', path, body);
  }

  put<T>(path: string, body: Body): Promise<T> {
    return this.call<T>('PUT', path, body);
  }

  /** All pages of a list. */
  async list<T>(path: string): Promise<T[]> {
    const rows: T[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? 'limit=200' : `limit=200&cursor=${cursor}`;
      const page: { rows: T[]; nextCursor: string | null } = await this.get(
        `${path}${path.includes('?') ? '&' : '?'}${query}`,
      );
      rows.push(...page.rows);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return rows;
  }

  async download(path: string): Promise<Buffer> {
    const response = await this.patiently(() => this.request('GET', path));
    if (!response.ok) throw await failureOf(response);
    return Buffer.from(await response.arrayBuffer());
  }

  private async call<T>(method: string, path: string, body?: Body): Promise<T> {
    const key = randomUUID();
    const response = await this.patiently(() => this.request(method, path, body, key));
    if (!response.ok) throw await failureOf(response);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  private request(method: string, path: string, body?: Body, key?: string): Promise<Response> {
    const isFile = body !== undefined && 'file' in body && Buffer.isBuffer(body.file);
    return fetch(`${this.baseUrl}/api/v1${path}`, {
      method,
      headers: {
        ...(this.cookie === null ? {} : { Cookie: this.cookie }),
        ...(body === undefined ? {} : { 'Content-Type': isFile ? 'text/csv' : 'application/json' }),
        ...(method === 'POST' && key !== undefined ? { 'Idempotency-Key': key } : {}),
      },
      ...(body === undefined
        ? {}
        : { body: isFile ? new Uint8Array(body.file as Buffer) : JSON.stringify(body) }),
    });
  }

  /** Tries again while the system is away (no connection, 503) or still at the same request (409 in-progress). */
  private async patiently(request: () => Promise<Response>): Promise<Response> {
    const until = Date.now() + PATIENCE_MS;
    for (;;) {
      try {
        const response = await request();
        if (Date.now() > until || !(await isPassing(response))) return response;
      } catch (error) {
        if (Date.now() > until) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

async function isPassing(response: Response): Promise<boolean> {
  if (response.status === 503) return true;
  if (response.status !== 409) return false;
  const { type } = (await response.clone().json()) as { type?: string };
  return type === 'in-progress';
}

async function failureOf(response: Response): Promise<DomainError> {
  const { type, detail, fields } = (await response.json().catch(() => ({}))) as {
    type?: string;
    detail?: string;
    fields?: { field: string; message: string }[];
  };
  return new DomainError(
    'invalid',
    type ?? `http-${response.status}`,
    detail ?? response.statusText,
    fields ?? [],
  );
}
