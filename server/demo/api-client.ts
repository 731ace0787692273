import { randomUUID } from 'node:crypto';
import { DomainError } from '../../domain/errors';
import { patiently } from './steps';

type Body = Record<string, unknown> | { file: Buffer };

interface Answer {
  status: number;
  content: Buffer;
}

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
    const answer = await patiently(() => this.request('GET', path), isPassing);
    if (answer.status >= 400) throw failureOf(answer);
    return answer.content;
  }

  private async call<T>(method: string, path: string, body?: Body): Promise<T> {
    const key = randomUUID();
    const answer = await patiently(() => this.request(method, path, body, key), isPassing);
    if (answer.status >= 400) throw failureOf(answer);
    return (answer.status === 204 ? undefined : JSON.parse(answer.content.toString())) as T;
  }

  private async request(method: string, path: string, body?: Body, key?: string): Promise<Answer> {
    const isFile = body !== undefined && 'file' in body && Buffer.isBuffer(body.file);
    // A cut connection may show only in the body: both belong to one attempt.
    const response = await fetch(`${this.baseUrl}/api/v1${path}`, {
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
    return { status: response.status, content: Buffer.from(await response.arrayBuffer()) };
  }
}

/** The system is away. */
const isPassing = (answer: Answer): boolean => answer.status === 503;

function failureOf(answer: Answer): DomainError {
  const { type, detail, fields } = problemIn(answer);
  return new DomainError('invalid', type ?? `http-${answer.status}`, detail ?? '', fields ?? []);
}

interface Problem {
  type?: string;
  detail?: string;
  fields?: { field: string; message: string }[];
}

function problemIn({ content }: Answer): Problem {
  try {
    return JSON.parse(content.toString()) as Problem;
  } catch {
    return {};
  }
}
