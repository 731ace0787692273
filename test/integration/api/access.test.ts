import { contract } from '../../../api/contract';
import type { Who } from '../../../domain/permissions/permission';
import { PERMISSIONS } from '../../../domain/permissions/table';
import { ROLES, type Role } from '../../../domain/roles';
import { buildUser } from '../../support/build-city';
import { startTestApi, type Caller, type EndpointId, type Sent, type TestApi } from './support';

let api: TestApi;

/** A person with this role and no other. */
const PEOPLE: Record<Role, string> = {
  coordinator: 'coordinator',
  lead_officer: 'lead',
  liaison: 'wjw-liaison',
  inspector: 'wjw-0001',
  approver: 'approver',
  list_registrar: 'registrar',
  credit_officer: 'credit',
  budget_officer: 'budget',
  supervisor: 'supervisor',
  admin: 'admin',
  security_admin: 'security',
  audit_admin: 'auditor',
};

const person = (role: Role): Promise<Caller> => api.signedIn(PEOPLE[role]);

/** Addresses nothing: whoever may call is told so, or that the content is missing. */
const NOTHING: Sent = {
  params: {
    code: 'NONE',
    department: 'NONE',
    id: 4_000_000,
    number: 'NONE',
    session: '00000000-0000-4000-8000-000000000000',
    kind: 'entities',
    creditCode: '91691100MA00000000',
    day: '2026-01-01',
    tag: 'none',
    year: 2999,
    command: 'submit',
    version: 4_000_000,
    evidence: 4_000_000,
    item: 'NONE',
    oldCode: '999999',
    table: 'trend',
  },
};

const endpoints = (Object.keys(contract) as EndpointId[]).map((id): [EndpointId, Who] => [
  id,
  PERMISSIONS[id].who,
]);

beforeAll(async () => {
  api = await startTestApi();
  await buildUser(api.db, { username: 'budget', role: 'budget_officer', department: 'FGW' });
});

afterAll(() => api.stop());

test.each(endpoints.filter(([, access]) => access !== 'public'))(
  '%s is closed to those who are not signed in',
  async (id) => {
    expect(await api.nobody.refused(id, NOTHING)).toMatchObject({ status: 401, type: 'not-signed-in' });
  },
);

test.each(endpoints.filter(([, access]) => access === 'public'))('%s is open to everybody', async (id) => {
  const { status } = await api.nobody.call(id, NOTHING);
  expect([200, 201, 204, 404, 422]).toContain(status);
});

test.each(endpoints.filter(([, access]) => Array.isArray(access)))(
  '%s is open to its roles only',
  async (id, access) => {
    for (const role of ROLES) {
      const { status, body } = await (await person(role)).call(id, NOTHING);
      const { type } = body as { type?: string };
      if (access.includes(role)) {
        expect({ role, type }).not.toMatchObject({ type: 'wrong-role' });
        expect(status).toBeLessThan(500);
      } else {
        expect({ role, status, type }).toEqual({ role, status: 403, type: 'wrong-role' });
      }
    }
  },
);

test.each(endpoints.filter(([id, access]) => access === 'signed-in' && id !== 'signOut'))(
  '%s is open to everybody who is signed in',
  async (id) => {
    for (const role of ROLES) {
      const { status } = await (await person(role)).call(id, NOTHING);
      expect([200, 201, 204, 404, 422]).toContain(status);
    }
  },
);

test('a refusal says which roles may', async () => {
  const problem = await (await person('inspector')).refused('publishItem', NOTHING);
  expect(problem.detail).toContain('list_registrar');
});
