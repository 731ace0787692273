/**
 * The matrix with the checks of the API switched off: they believe that everybody has every role everywhere. What keeps
 * strangers from others' records is PostgreSQL alone, which reads itself what they were granted.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { contract } from '../../api/contract';
import type { Endpoint } from '../../api/contract/endpoint';
import type { EndpointId } from '../integration/api/support';
import type { Scope } from '../../domain/permissions/scopes';
import { PERMISSIONS } from '../../domain/permissions/table';
import { ROLES, type Actor } from '../../domain/roles';
import { BOUNDS, ELSEWHERE } from './bounds';
import { answerOf, CELLS, each, isRead, SIZE } from './cells';
import { MARK } from './plant';
import { buildScene, type Scene } from './scene';

const DOCUMENT = path.resolve(__dirname, '../../docs/security/row-level-security.md');
const DEPARTMENTS = ['SCJG', 'WJW', 'XFJ', 'BB', 'FGW', 'DCS', 'LDXZ', 'NYJ'];

const almighty = (person: Actor): Actor => ({
  ...person,
  grants: ROLES.flatMap((role) => DEPARTMENTS.map((department) => ({ role, department, region: '000000' }))),
});

/**
 * Where the routes go by role the wall goes by what the task is about: who sees a visit sees its tasks, and the people of a
 * department see the department's.
 */
const BELOW: Partial<Record<Scope, Pick<(typeof BOUNDS)[Scope], 'department' | 'region'>>> = {
  taskInSight: {
    department: ['budget_officer', 'credit_officer'],
    region: ['coordinator', 'lead_officer', 'approver'],
  },
};

/** Strangers to whom the bounds show no such record, whatever their role opens. */
const strangers = CELLS.filter(({ id, role, relation }) => {
  const { who, scope } = PERMISSIONS[id];
  if (who === 'public' || relation === 'own' || ELSEWHERE.has(id)) return false;
  const side = relation === 'foreign region' ? 'region' : 'department';
  return !BOUNDS[scope][side].includes(role) && !(BELOW[scope]?.[side].includes(role) ?? false);
});

/** A command that a workflow carries out. */
const isForWorkflow = (id: EndpointId): boolean => (contract[id] as Endpoint).once === 'workflow';

const idsOf = (cells: readonly { id: EndpointId }[]): EndpointId[] => [...new Set(cells.map(({ id }) => id))];
const reads = strangers.filter(({ id }) => isRead(id));
const writes = strangers.filter(({ id }) => !isRead(id));

/** Thousands of requests, on a machine that may have other things to do. */
const PATIENCE_MS = 1_200_000;

let scene: Scene;

beforeAll(async () => {
  scene = await buildScene(almighty);
}, PATIENCE_MS);

afterAll(() => scene.api.stop());

/** Tables whose records an answer tells of. */
const marksIn = (told: string): string[] => [
  ...new Set([...told.matchAll(new RegExp(`${MARK}·(\\w+)`, 'g'))].map(([, table = '']) => table)),
];

/** Endpoints that the document says the wall alone does not hold. */
function open(): Set<string> {
  const [, section = ''] = readFileSync(DOCUMENT, 'utf8').split('\n## What the wall alone does not hold\n');
  return new Set([...(section.split('\n## ')[0] ?? '').matchAll(/`(\w+)`/g)].map(([, id = '']) => id));
}

test(`the wall alone: of ${SIZE} ${reads.length} foreign reads and ${writes.length} foreign writes`, () => {
  console.log(`wall alone: ${reads.length} foreign reads, ${writes.length} foreign writes of ${SIZE}`);
  expect([...open()].filter((id) => !(id in PERMISSIONS))).toEqual([]);
});

test(
  'answers tell strangers nothing of others’ records',
  async () => {
    const allowed = open();
    const leaks: string[] = [];
    await each(reads, async ({ id, role, relation }) => {
      const who = await scene.person(role, relation, PERMISSIONS[id].scope);
      const { told } = await answerOf(who, id, scene.sentTo(id));
      const marks = marksIn(told);
      if (marks.length > 0 && !allowed.has(id)) leaks.push(`${id} ${role}, ${relation}: ${marks.join(', ')}`);
    });
    expect(leaks.sort()).toEqual([]);
  },
  PATIENCE_MS,
);

test(
  'nothing that strangers send changes others’ rows',
  async () => {
    const allowed = open();
    const leaks: string[] = [];
    for (const id of idsOf(writes)) {
      if (allowed.has(id) || ENDS_SESSIONS.includes(id)) continue;
      const before = await digests();
      await each(
        writes.filter((cell) => cell.id === id),
        async ({ role, relation }) => {
          const who = await scene.person(role, relation, PERMISSIONS[id].scope);
          const { status, told } = await answerOf(who, id, scene.sentTo(id));
          const marks = marksIn(told);
          if (marks.length > 0) leaks.push(`${id} ${role}, ${relation} tells of ${marks.join(', ')}`);
          // No workflow is there: what gets as far as that gets past the wall.
          if (isForWorkflow(id) && (status === 503 || status < 300))
            leaks.push(`${id} ${role}, ${relation}: ${status}`);
        },
      );
      const after = await digests();
      const changed = Object.keys(after).filter((table) => after[table] !== before[table]);
      if (changed.length > 0) leaks.push(`${id}: ${changed.join(', ')}`);
    }
    expect(leaks).toEqual([]);
  },
  PATIENCE_MS,
);

const ENDS_SESSIONS: EndpointId[] = ['signOut', 'endOtherSessions', 'endOwnSession'];

/** What goes on record of strangers, and what is kept of their requests. */
const OWN = [
  ...['sign_in_places', 'login_failures', 'idempotency_keys'],
  ...['audit_log', 'audit_links', 'audit_pending'],
];

const WITHOUT_STRANGERS = `user_id not in (select id from users where username like '%.%.%')`;
/** Rows that are not of the strangers themselves, who come as they are asked for. */
const OF_OTHERS: Record<string, string> = {
  users: `username not like '%.%.%'`,
  user_roles: WITHOUT_STRANGERS,
  sessions: WITHOUT_STRANGERS,
};

/** Of all rows of each table. */
async function digests(): Promise<Record<string, string>> {
  const { db } = scene.api;
  const { rows: tables } = await db.raw<{ rows: { name: string }[] }>(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
  );
  const union = tables
    .filter(({ name }) => !OWN.includes(name))
    .map(
      ({ name }) =>
        `select '${name}' as name, md5(string_agg(md5(t::text), '' order by md5(t::text))) as digest from "${name}" t
          where ${OF_OTHERS[name] ?? 'true'}`,
    );
  const { rows } = await db.raw<{ rows: { name: string; digest: string | null }[] }>(
    union.join(' union all '),
  );
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest ?? '']));
}
