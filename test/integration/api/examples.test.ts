/** The API's document shows examples: each request of them is one that the real API takes, each answer one that it may give. */
import { Ajv2020 } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { contract } from '../../../api/contract';
import type { Endpoint } from '../../../api/contract/endpoint';
import recorded from '../../../api/contract/examples.json';
import { openApiDocument } from '../../../api/openapi';
import { PERMISSIONS } from '../../../domain/permissions/table';
import { ROLES, type Role } from '../../../domain/roles';
import { undocumentedIn } from '../../support/answer-check';
import { buildUser } from '../../support/build-city';
import { startTestApi, type Caller, type EndpointId, type TestApi } from './support';

interface Example {
  params?: Record<string, string | number>;
  query?: Record<string, string | number>;
  body?: unknown;
  answer?: unknown;
}

const examples: Readonly<Record<string, Example>> = recorded;
const endpoints = Object.values(contract) as Endpoint[];

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
  // Somebody for each endpoint: what one example does to a session or a password is nothing to the next.
  for (const role of ROLES) {
    await buildUser(api.db, { username: `${role}-of-examples`, role, department: 'SCJG' });
  }
});

afterAll(() => api.stop());

const callerOf = (id: EndpointId): Promise<Caller> => {
  const { who } = PERMISSIONS[id];
  if (who === 'public') return Promise.resolve(api.nobody);
  const role: Role = who === 'signed-in' ? 'liaison' : (who[0] ?? 'admin');
  return api.signedIn(`${role}-of-examples`);
};

test.each(endpoints.filter(({ body }) => body).map(({ id }) => id))('%s shows what it takes', (id) => {
  expect(examples[id]?.body).toBeDefined();
});

test('each example is of an endpoint', () => {
  expect(Object.keys(examples).filter((id) => !(id in contract))).toEqual([]);
});

/** Last of all: whoever it is done for has to sign in anew. */
const ENDS_SESSIONS = ['changePassword', 'signOut', 'endOwnSession', 'endOtherSessions'];
const inOrder = Object.keys(examples).sort(
  (a, b) => Number(ENDS_SESSIONS.includes(a)) - Number(ENDS_SESSIONS.includes(b)),
);

test.each(inOrder as EndpointId[])('the request of %s is understood', async (id) => {
  const { params = {}, query = {}, body } = examples[id] ?? {};
  const { status, body: answer } = await (await callerOf(id)).call(id, { params, query, body });
  // Another town may not have what it is about, or not in that state; but it is never said to be wrong in itself.
  const { type } = answer as { type?: string };
  expect({ status: [400, 413, 415, 500].includes(status), type }).not.toMatchObject({ status: true });
  expect(type).not.toBe('invalid-request');
});

test.each(endpoints.filter(({ id }) => examples[id]?.answer !== undefined))(
  'the answer of $id is one that the document tells of',
  ({ id, status = 200 }) => {
    const body = examples[id]?.answer;
    expect(undocumentedIn(id, { status, contentType: 'application/json', body })).toBeNull();
  },
);

test('each example of a single value is one', () => {
  const document: unknown = JSON.parse(JSON.stringify(openApiDocument('0.0.0-test')));
  const ajv = new Ajv2020({ strict: false });
  addFormats(ajv);
  ajv.addFormat('binary', true);
  ajv.addSchema(document as object, 'openapi');
  const wrong: string[] = [];
  let count = 0;
  const walk = (node: unknown, pointer: string): void => {
    if (node === null || typeof node !== 'object') return;
    const { example, examples: several } = node as { example?: unknown; examples?: unknown };
    const isSchema =
      !('schema' in node) && /\/(schema|schemas|properties|items|anyOf|oneOf|allOf)\//.test(`${pointer}/`);
    const shown: unknown[] = example === undefined ? [] : [example];
    if (Array.isArray(several)) shown.push(...(several as unknown[]));
    for (const one of isSchema ? shown : []) {
      count += 1;
      if (!ajv.validate({ $ref: `openapi#${pointer}` }, one))
        wrong.push(`${pointer}: ${JSON.stringify(one)}`);
    }
    for (const [key, inner] of Object.entries(node)) {
      if (key === 'example' || key === 'examples') continue;
      walk(inner, `${pointer}/${encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))}`);
    }
  };
  walk(document, '');
  expect(wrong).toEqual([]);
  expect(count).toBeGreaterThan(100);
});
