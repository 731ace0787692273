/**
 * Every endpoint × every role × own, foreign department, foreign region, from the table of permissions: what is refused is
 * refused and changes nothing, what is admitted is not.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PERMISSIONS } from '../../domain/permissions/table';
import { ROLES } from '../../domain/roles';
import type { EndpointId } from '../integration/api/support';
import { ELSEWHERE, FIGURES } from './bounds';
import {
  answerOf,
  CELLS,
  each,
  ENDPOINTS,
  isAtTheDoor,
  isRead,
  RELATIONS,
  SIZE,
  type Cell,
  isFree,
} from './cells';
import { MARK } from './plant';
import { buildScene, type Scene } from './scene';

/** People of the matrix itself, and their signing in; what they read goes on record. */
const NOISE = [
  ...['users', 'user_roles', 'sessions', 'sign_in_places', 'login_failures'],
  ...['audit_log', 'audit_pending'],
];

/**
 * Refusals of a person, not of a role: who asked does not decide, and what somebody else asked for, uploaded or declared is
 * theirs to take back.
 */
const OWN_BUSINESS = [
  ...['own-submission', 'own-answer', 'not-your-request', 'not-own-exclusion', 'foreign-evidence'],
  ...['foreign-import', 'import-kind'],
];

/** The people that a request names are not those that the asking person may speak for: the request is wrong. */
const REFUSALS_OF_PEOPLE = ['delegation-department'];

const ENDS_SESSIONS: EndpointId[] = ['signOut', 'endOtherSessions', 'endOwnSession'];

const isTried = (cell: Cell): boolean => {
  const { who } = PERMISSIONS[cell.id];
  // The door is tried for all; the record behind it where the scene has one.
  return who !== 'public' && (!ELSEWHERE.has(cell.id) || isAtTheDoor(cell));
};

const refused = CELLS.filter(
  (cell) =>
    isTried(cell) &&
    !cell.admitted &&
    !(FIGURES.has(cell.id) && cell.relation !== 'own') &&
    (!isAtTheDoor(cell) || cell.relation === 'own'),
);
// Where the record makes no difference its own people stand for all. Temporal is out of reach: what workflows carry out
// ends there, behind the checks (test/e2e has the rest).
const admitted = CELLS.filter(
  (cell) =>
    isTried(cell) &&
    cell.admitted &&
    !ENDS_SESSIONS.includes(cell.id) &&
    !((FIGURES.has(cell.id) || isFree(cell.id)) && cell.relation !== 'own'),
);

/** Thousands of requests, on a machine that may have other things to do. */
const PATIENCE_MS = 1_200_000;

let scene: Scene;

beforeAll(async () => {
  scene = await buildScene();
}, PATIENCE_MS);

afterAll(() => scene.api.stop());

test(`the matrix has every endpoint: ${SIZE}`, () => {
  console.log(
    `matrix: ${SIZE}; ${refused.length} refused and ${admitted.length} admitted accesses are tried`,
  );
  expect(CELLS).toHaveLength(Object.keys(PERMISSIONS).length * ROLES.length * RELATIONS.length);
  expect(ENDPOINTS.filter((id) => !(id in PERMISSIONS))).toEqual([]);
  expect([...ELSEWHERE.keys(), ...scene.asked].filter((id) => !(id in PERMISSIONS))).toEqual([]);
  // Whose bound depends on the record is asked about one.
  const bounded = ENDPOINTS.filter((id) => !isFree(id) && !FIGURES.has(id));
  expect(bounded.filter((id) => !scene.asked.has(id) && !ELSEWHERE.has(id))).toEqual([]);
});

test('what the scene has no record of is tried by the test that is named for it', () => {
  const isTriedIn = (id: string, file: string): boolean =>
    readFileSync(path.resolve(__dirname, '../..', file), 'utf8').includes(`'${id}'`);
  expect([...ELSEWHERE].filter(([id, file]) => !isTriedIn(id, file))).toEqual([]);
});

test(
  `${refused.length} accesses beyond the bounds are refused, tell nothing, and nothing has changed`,
  async () => {
    const before = await counted();
    const leaks: string[] = [];
    await each(refused, async ({ id, role, relation }) => {
      const who = await scene.person(role, relation, PERMISSIONS[id].scope);
      const { status, told, type } = await answerOf(who, id, scene.sentTo(id));
      const isHidden =
        isRead(id) && status === 200 && ![...scene.marks, MARK].some((mark) => told.includes(mark));
      // What PostgreSQL alone has stopped, a check should have stopped before.
      const isRefused =
        status === 404 || (status === 403 && type !== 'not-yours') || REFUSALS_OF_PEOPLE.includes(type);
      if (!isRefused && !isHidden) leaks.push(`${id} ${role}, ${relation}: ${status} ${type}`);
    });
    expect(leaks.sort()).toEqual([]);
    expect(await counted()).toEqual(before);
  },
  PATIENCE_MS,
);

test(
  `${admitted.length} accesses within the bounds are not refused`,
  async () => {
    const wrong: string[] = [];
    const ask = async ({ id, role, relation }: Cell): Promise<void> => {
      const who = await scene.person(role, relation, PERMISSIONS[id].scope);
      const { status, type } = await answerOf(who, id, scene.sentTo(id));
      const isRefused = status === 401 || (status === 403 && !OWN_BUSINESS.includes(type));
      // Evidence lies in no store here, and no workflow answers: the API says so.
      if (isRefused || (status >= 500 && status !== 503))
        wrong.push(`${id} ${role}, ${relation}: ${status} ${type}`);
    };
    await each(
      admitted.filter(({ id }) => isRead(id)),
      ask,
    );
    // One after the other: a second approval of the same thing is another matter (test/integration/api).
    for (const cell of admitted.filter(({ id }) => !isRead(id))) await ask(cell);
    expect(wrong).toEqual([]);
  },
  PATIENCE_MS,
);

/** How many rows each table has. */
async function counted(): Promise<Record<string, number>> {
  const { db } = scene.api;
  const { rows: tables } = await db.raw<{ rows: { name: string }[] }>(
    `select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  );
  const union = tables
    .filter(({ name }) => !NOISE.includes(name))
    .map(({ name }) => `select '${name}' as name, count(*)::int as count from "${name}"`);
  const { rows } = await db.raw<{ rows: { name: string; count: number }[] }>(union.join(' union all '));
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}
