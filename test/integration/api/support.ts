/** The API on a port of its own over the town of the tests; callers speak to it as programs do. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client, Connection } from '@temporalio/client';
import type { Knex } from 'knex';
import { pino } from 'pino';
import { createApp } from '../../../api/app';
import type { CampaignGateway } from '../../../api/campaign-gateway';
import type { ApiSettings } from '../../../api/context';
import type { Belief } from '../../../api/router';
import { contract } from '../../../api/contract';
import { AUDITED } from '../../../api/contract/audited';
import type { Endpoint } from '../../../api/contract/endpoint';
import { renderDocument } from '../../../documents/render';
import type { EvidencePolicy } from '../../../evidence/receive';
import { createTemporalGateway } from '../../../server/temporal-gateway';
import { buildCity, PASSWORD, type City } from '../../support/build-city';
import { undocumentedIn } from '../../support/answer-check';
import { reachedAs, testDatabase, type TestDatabase } from '../../support/database';
import { recordExample } from '../../support/record-examples';
import { testEvidence, type TestEvidence } from '../../support/evidence';
import { API_SETTINGS } from '../../support/api-settings';

export type EndpointId = keyof typeof contract;

export interface Sent {
  params?: Record<string, string | number>;
  query?: Record<string, string | number>;
  /** Sent as JSON; a string or bytes as they are. */
  body?: unknown;
  headers?: Record<string, string>;
}

export interface Answered {
  status: number;
  headers: Headers;
  /** Parsed where it is JSON. */
  body: unknown;
}

export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail: string;
  fields?: { field: string; message: string }[];
  requestId: string;
}

/** One person, or nobody; each answer is checked against the API's document. */
export interface Caller {
  cookie: string | null;
  call(id: EndpointId, sent?: Sent): Promise<Answered>;
  /** The call must succeed. */
  get<T>(id: EndpointId, sent?: Sent): Promise<T>;
  /** The call must be refused. */
  refused(id: EndpointId, sent?: Sent): Promise<ProblemBody>;
}

export interface TestApi {
  url: string;
  db: Knex;
  city: City;
  nobody: Caller;
  /** What the API takes for now; tests move it. */
  clock: { now: Date };
  /** Lines of the log. */
  log: string[];
  evidence: TestEvidence;
  signedIn(username: string): Promise<Caller>;
  stop(): Promise<void>;
}

/** Another town than one of the API's own: its owner stops it. */
export interface ForeignTown {
  db: Knex;
  city: City;
  gateway: CampaignGateway;
}

/**
 * Temporal is out of reach here, but for a `foreign` town that has it (test/workflow).
 * `reachedBy`: what the API itself reaches the database by, where a test is about that. `belief`: what its checks are told
 * of people, where a test is about what stands below them.
 */
export async function startTestApi(
  settings: Partial<ApiSettings> = {},
  reachedBy?: Knex,
  foreign?: ForeignTown,
  policy: Partial<EvidencePolicy> = {},
  belief?: Belief,
): Promise<TestApi> {
  const database: Pick<TestDatabase, 'db' | 'drop'> = foreign
    ? { db: foreign.db, drop: () => Promise.resolve() }
    : await testDatabase();
  const city = foreign?.city ?? (await buildCity(database.db));
  const connection = Connection.lazy({ address: '127.0.0.1:1', interceptors: [] });
  const clock = { now: new Date() };
  const log: string[] = [];
  const evidence = testEvidence(policy);
  const db = reachedBy ?? reachedAs('onevisit_api', database.db);
  const app = createApp(
    {
      db,
      evidence,
      renderDocument,
      now: () => clock.now,
      settings: { ...API_SETTINGS, ...settings },
      campaigns: foreign?.gateway ?? {
        ...createTemporalGateway(new Client({ connection })),
        // Tests of imports take the worker's part themselves.
        wakeImports: () => Promise.resolve(),
        wakeTagRuleSaves: () => Promise.resolve(),
        // Nobody is there to be told of what is on record; telling them again would outlive the test.
        resultsArrived: () => Promise.resolve(),
        somethingOwed: () => Promise.resolve(),
        startHandling: () => Promise.resolve(),
        planChanged: () => Promise.resolve(),
        wakeNotices: () => Promise.resolve(),
      },
      log: pino({ level: 'debug' }, { write: (line: string) => void log.push(line) }),
    },
    belief,
  );
  // Where a machine stalls, a connection must not be closed just as its next request is sent.
  const server = createServer({ keepAliveTimeout: 120_000 }, app);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const carriedOut: CarriedOut[] = [];
  const nobody = caller(url, null, carriedOut);
  const known = new Map<string, Promise<Caller>>();
  return {
    url,
    db: database.db,
    city,
    nobody,
    clock,
    log,
    evidence,
    signedIn: (username) => {
      let one = known.get(username);
      if (!one) known.set(username, (one = signIn(url, nobody, username, carriedOut)));
      return one;
    },
    stop: async () => {
      const wrong = await unaudited(database.db, carriedOut);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await connection.close();
      if (!reachedBy) await db.destroy();
      await database.drop();
      evidence.remove();
      if (wrong.length > 0)
        throw new Error(`not in the audit log as api/contract/audited.ts says: ${wrong.join('; ')}`);
    },
  };
}

async function signIn(
  url: string,
  nobody: Caller,
  username: string,
  carriedOut: CarriedOut[],
): Promise<Caller> {
  const { status, headers } = await nobody.call('signIn', { body: { username, password: PASSWORD } });
  if (status !== 200) throw new Error(`${username} could not sign in: ${status}`);
  return caller(url, cookieOf(headers), carriedOut);
}

/** A call that succeeded. */
interface CarriedOut {
  id: EndpointId;
  requestId: string;
}

/**
 * Of the endpoints that were called with success, those that left no entry at all in the audit log, or another one than they
 * declare. Of several calls some may have found their work done already, and left none.
 */
async function unaudited(db: Knex, carriedOut: readonly CarriedOut[]): Promise<string[]> {
  const entries = await db('audit_log')
    .whereIn(
      'request_id',
      carriedOut.map(({ requestId }) => requestId),
    )
    .select<{ request_id: string; action: string }[]>('request_id', 'action');
  return [...new Set(carriedOut.map(({ id }) => id))].flatMap((id) => {
    const audited = AUDITED[id];
    if (!audited || 'none' in audited || ('writes' in audited && audited.later)) return [];
    const declared = 'reads' in audited ? [audited.reads] : audited.writes;
    const requests = new Set(carriedOut.filter((one) => one.id === id).map(({ requestId }) => requestId));
    const written = entries.filter((entry) => requests.has(entry.request_id)).map(({ action }) => action);
    if (written.length === 0) return [`${id} left nothing`];
    const isDeclared = (action: string) =>
      declared.some((one) => (one.endsWith('*') ? action.startsWith(one.slice(0, -1)) : one === action));
    return written.filter((action) => !isDeclared(action)).map((action) => `${id} left ${action}`);
  });
}

/** The pair that a browser would send back. */
export const cookieOf = (headers: Headers): string => headers.getSetCookie()[0]?.split(';')[0] ?? '';

export function caller(url: string, cookie: string | null, carriedOut: CarriedOut[] = []): Caller {
  async function call(id: EndpointId, sent: Sent = {}): Promise<Answered> {
    const endpoint = contract[id] as unknown as Endpoint;
    const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(sent.params?.[name] ?? ''),
    );
    const query = new URLSearchParams(
      Object.entries(sent.query ?? {}).map(([name, value]): [string, string] => [name, String(value)]),
    ).toString();
    const { body } = sent;
    const response = await fetch(`${url}/api/v1${path}${query === '' ? '' : `?${query}`}`, {
      method: endpoint.method.toUpperCase(),
      headers: {
        ...(cookie === null ? {} : { cookie }),
        ...(body === undefined ? {} : { 'content-type': endpoint.rawBody ?? 'application/json' }),
        ...sent.headers,
      },
      ...(body === undefined ? {} : { body: bytesOrText(body) }),
    });
    const answered = {
      status: response.status,
      headers: response.headers,
      body: await contentOf(response),
    };
    if (response.ok) carriedOut.push({ id, requestId: response.headers.get('x-request-id') ?? '' });
    const isJson = endpoint.body ? typeof body === 'object' : endpoint.answer !== null;
    if (response.ok && isJson && !endpoint.rawBody)
      recordExample(endpoint, {
        params: sent.params ?? {},
        query: sent.query ?? {},
        body,
        answer: answered.body,
      });
    const contentType = response.headers.get('content-type');
    const undocumented = undocumentedIn(id, { ...answered, contentType });
    if (undocumented !== null) throw new Error(undocumented);
    return answered;
  }
  return {
    cookie,
    call,
    get: async <T>(id: EndpointId, sent?: Sent) => {
      const { status, body } = await call(id, sent);
      if (status >= 400) throw new Error(`${id}: ${status} ${JSON.stringify(body)}`);
      return body as T;
    },
    refused: async (id, sent) => {
      const { status, body, headers } = await call(id, sent);
      expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
      const problem = body as ProblemBody;
      expect(problem).toMatchObject({ status, requestId: headers.get('x-request-id') });
      return problem;
    },
  };
}

const bytesOrText = (body: unknown): string | Uint8Array<ArrayBuffer> => {
  if (typeof body === 'string') return body;
  return Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body);
};

async function contentOf(response: Response): Promise<unknown> {
  // Not text(): that would take the byte order mark off.
  const text = Buffer.from(await response.arrayBuffer()).toString('utf8');
  const [type = ''] = (response.headers.get('content-type') ?? '').split(';');
  return /[/+]json$/.test(type) ? (JSON.parse(text) as unknown) : text;
}
