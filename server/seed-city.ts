/** Writes the invented city of examples/ into an empty database. */
import { randomInt } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import type { Knex } from 'knex';
import {
  applyInspectors,
  createInspectorStaging,
  planInspectors,
  stageInspectors,
} from '../db/import-inspectors';
import {
  createRefusedKeys,
  dropStaging,
  ensureRegions,
  finishImport,
  insertImport,
  type ImportKind,
} from '../db/imports';
import { insertItem, insertVersion, setVersion } from '../db/items';
import {
  applyEntities,
  createEntityStaging,
  planEntities,
  stageEntities,
  type MergeCounts,
} from '../db/registry-merge';
import { insertTagRules } from '../db/tag-rules';
import { dayOf } from '../domain/deadlines/working-days';
import { isRegionCode } from '../domain/regions/tree';
import { DEFAULT_TAG_RULES } from '../domain/registry/tag-rules';
import type { Role } from '../domain/roles';
import { inventedCity, mailAddress, type CityOptions, type InventedCity } from '../examples/invented-city';
import { seedPlans } from './seed-plans';

export interface SeedOptions extends Pick<CityOptions, 'entities' | 'area'> {
  /** One for all logins; otherwise each role login gets its own. */
  password?: string;
}

export interface SeededCity {
  /** One per role; inspectors sign in with their code in small letters. */
  logins: { username: string; password: string; role: Role; department: string; name: string }[];
  /** What was written, by Chinese name. */
  counts: Record<string, number>;
}

/** Whether nobody has begun to use the database: no department, no user. */
export async function isEmpty(db: Knex): Promise<boolean> {
  const { rows } = await db.raw<{ rows: [{ used: boolean }] }>(
    `select exists (select 1 from departments) or exists (select 1 from users) as used`,
  );
  return !rows[0].used;
}

/** All of it in one transaction. The passwords are in the answer and nowhere else. */
export async function seedCity(db: Knex, { password, ...size }: SeedOptions = {}): Promise<SeededCity> {
  const now = new Date();
  const city = inventedCity({ ...size, today: dayOf(now) });
  const logins = city.logins.map((login) => ({ ...login, password: password ?? makePassword() }));
  // Hashing is slow on purpose: once per password, and one password for all inspectors.
  const inspectorsPassword = password ?? makePassword();
  const hashes = await hashesOf([...logins.map((login) => login.password), inspectorsPassword]);
  const hashOf = (secret: string): string => hashes.get(secret) ?? '';
  await db.transaction(async (trx) => {
    await insertOrganisation(trx, city);
    await insertPeople(trx, city, [
      ...logins.map((login) => ({ ...login, passwordHash: hashOf(login.password) })),
      ...city.inspectors.map(({ code, name, department }) => ({
        username: code.toLowerCase(),
        name,
        department,
        role: 'inspector' as const,
        passwordHash: hashOf(inspectorsPassword),
      })),
    ]);
    await publishItems(trx, city, now);
    await mergeEntities(trx, city);
    await mergeInspectors(trx, city);
    await planYears(trx, city, now);
  });
  const [first] = city.inspectors;
  return {
    logins: first
      ? [
          ...logins,
          {
            username: first.code.toLowerCase(),
            password: inspectorsPassword,
            role: 'inspector',
            department: first.department,
            name: first.name,
          },
        ]
      : logins,
    counts: {
      地区: city.regions.length,
      部门: city.departments.length,
      检查对象: city.entities.length,
      执法人员: city.inspectors.length,
      抽查事项: city.items.length,
      用户: logins.length + city.inspectors.length,
    },
  };
}

async function hashesOf(passwords: readonly string[]): Promise<Map<string, string>> {
  const distinct = [...new Set(passwords)];
  return new Map(
    await Promise.all(
      distinct.map(async (secret): Promise<[string, string]> => [secret, await hash(secret)]),
    ),
  );
}

/** 60 bits in letters and digits that nobody confuses on paper. */
function makePassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
  return Array.from({ length: 3 }, group).join('-');
}

async function insertOrganisation(trx: Knex, city: InventedCity): Promise<void> {
  await trx('regions').insert(
    city.regions.map(({ code, name, parent }) => ({ code, name, parent_code: parent })),
  );
  if (isRegionCode(city.code)) await ensureRegions(trx, [city.code]);
  else {
    // `000000` is in charge of any registry's regions: what the demo needs for a file from anywhere.
    await trx('regions').insert({ code: city.code, name: '示例全域' }).onConflict('code').ignore();
  }
  await trx('departments').insert(
    city.departments.map(({ code, name, shortName, kind }) => ({
      code,
      name,
      short_name: shortName,
      kind,
      region_code: city.code,
    })),
  );
  await insertTagRules(trx, DEFAULT_TAG_RULES);
}

interface Person {
  username: string;
  name: string;
  role: Role;
  department: string;
  passwordHash: string;
}

async function insertPeople(trx: Knex, city: InventedCity, people: readonly Person[]): Promise<void> {
  await trx('users').insert(
    people.map(({ username, name, passwordHash }) => ({
      username,
      name,
      email: mailAddress(username),
      password_hash: passwordHash,
    })),
  );
  await trx.raw(
    `insert into user_roles (user_id, role, department_code, region_code)
     select u.id, p.role, p.department, :region
       from jsonb_to_recordset(cast(:people as jsonb)) as p(username text, role text, department text)
       join users u on u.username = p.username`,
    {
      region: city.code,
      people: JSON.stringify(
        people.map(({ username, role, department }) => ({ username, role, department })),
      ),
    },
  );
}

const OPINIONS = ['责令当场改正', '责令限期改正，到期复查', '移送立案查处'];

/** Submitted by their departments, published by the office that keeps the lists. */
async function publishItems(trx: Knex, city: InventedCity, now: Date): Promise<void> {
  const userOf = await userFinder(trx);
  for (const item of city.items) {
    const liaison = userOf(`${item.department.toLowerCase()}-liaison`);
    await insertItem(trx, item.code, item.department);
    const content = { ...item, opinions: OPINIONS, changeReason: '首次公布' };
    await insertVersion(trx, item.code, 1, content, liaison);
  }
  const drafts = await trx('item_versions').select<{ id: number; created_by: number }[]>('id', 'created_by');
  for (const draft of drafts) {
    await setVersion(trx, draft.id, {
      status: 'published',
      submitted_by: draft.created_by,
      submitted_at: now,
      published_by: userOf('bb-registrar'),
      published_at: now,
    });
  }
}

async function planYears(trx: Knex, city: InventedCity, now: Date): Promise<void> {
  const userOf = await userFinder(trx);
  await seedPlans(trx, {
    region: city.code,
    year: Number(dayOf(now).slice(0, 4)),
    now,
    officials: {
      coordinator: userOf('scjg-coordinator'),
      approver: userOf('ldxz-approver'),
      liaisonOf: (department) => userOf(`${department.toLowerCase()}-liaison`),
    },
  });
}

async function userFinder(trx: Knex): Promise<(username: string) => number> {
  const users = await trx('users').select<{ id: number; username: string }[]>('id', 'username');
  return (username) => {
    const user = users.find((each) => each.username === username);
    if (!user) throw new Error(`no user ${username}`);
    return user.id;
  };
}

/** The same way as a file takes. */
async function mergeEntities(trx: Knex, { entities }: InventedCity): Promise<void> {
  await createEntityStaging(trx);
  await createRefusedKeys(trx);
  await stageEntities(
    trx,
    entities.map((row, at) => ({ rowNumber: at + 2, key: row.creditCode, row })),
  );
  const counts = await planEntities(trx, 'changes', null);
  await applyEntities(trx, await recordImport(trx, 'entities', counts), 'changes');
  await dropStaging(trx);
}

async function mergeInspectors(trx: Knex, { inspectors }: InventedCity): Promise<void> {
  await createInspectorStaging(trx);
  await createRefusedKeys(trx);
  await stageInspectors(
    trx,
    inspectors.map((row, at) => ({ rowNumber: at + 2, key: row.code, row })),
  );
  const counts = await planInspectors(trx, 'changes', null);
  await applyInspectors(trx, await recordImport(trx, 'inspectors', counts), 'changes', null);
  await dropStaging(trx);
}

async function recordImport(trx: Knex, kind: ImportKind, counts: MergeCounts): Promise<number> {
  const id = await insertImport(trx, {
    kind,
    mode: 'changes',
    dryRun: false,
    fileName: '示例城市',
    fileSha256: null,
    encoding: 'utf-8',
    header: [],
    startedBy: null,
  });
  await finishImport(trx, id, { ...counts, rowsRead: counts.added, refused: 0 });
  return id;
}
