/** The worker dies in the middle of the save of a tag rule: the next carries it out, and nobody sees half of it. */
import type { Knex } from 'knex';
import type { ApiClient } from '../../server/demo/api-client';
import { expectAuditIntact } from '../support/audit-chain';
import { until } from '../support/until';
import { startedSystem, type StartedSystem } from './support/started-system';

const PATIENCE_MS = 180_000;
const TAG = 'catering';

let started: StartedSystem;
let system: StartedSystem['system'];
let db: Knex;
let coordinator: ApiClient;

interface Rule {
  tag: string;
  label: string;
  anyOf: string[];
  noneOf: string[];
  notWith: string[];
  active: boolean;
  version: number;
}

interface Save {
  id: number;
  status: string;
  version: number | null;
  gained: number | null;
}

beforeAll(async () => {
  started = await startedSystem();
  ({ system, db, coordinator } = started);
}, PATIENCE_MS);

afterAll(() => started.remove(), PATIENCE_MS);

/** What the save changes, as anybody sees it. */
async function seen() {
  const { rows } = await coordinator.get<{ rows: { rule: Rule }[] }>('/tag-rules');
  const rule = rows.find((row) => row.rule.tag === TAG)?.rule;
  if (!rule) throw new Error(`no rule of ${TAG}`);
  const tagged = await db('entities').whereRaw('? = any(tags)', [TAG]).orderBy('id').pluck<number[]>('id');
  const states = await db('entity_versions').count({ count: '*' }).first<{ count: number }>();
  return { rule, tagged, states: states.count };
}

test(
  'a save in which its worker was killed ends once, with all that it does',
  async () => {
    const before = await seen();
    // A word that only others have, from their own scope of business.
    const others = await db('entities')
      .whereRaw('not ? = any(tags)', [TAG])
      .whereNull('ended_at')
      .orderBy('id')
      .select<{ id: number; business_scope: string }[]>('id', 'business_scope');
    const word = others[0]?.business_scope.split(/[；;、，,]/)[0] ?? '';
    expect(word).not.toBe('');

    // Whoever changes this entity waits for us: the save is in its middle.
    const held = await db.transaction();
    const last = others.filter(({ business_scope: scope }) => scope.includes(word)).at(-1);
    await held('entities').where({ id: last?.id }).forUpdate().first();
    const { label, anyOf, noneOf, notWith, active, version } = before.rule;
    const { id } = await coordinator.put<Save>(`/tag-rules/${TAG}`, {
      ...{ label, anyOf: [...anyOf, word], noneOf, notWith, active },
      ...{ reason: '也算餐饮', basedOn: version },
    });
    await until(
      () => db.raw<{ rows: unknown[] }>(`select from pg_stat_activity where wait_event_type = 'Lock'`),
      ({ rows }) => rows.length > 0,
    );
    await system.kill('worker');
    expect(await seen()).toEqual(before);
    expect(await coordinator.get<Save>(`/tag-rule-saves/${id}`)).toMatchObject({ status: 'running' });
    await held.rollback();

    const done = await until(
      () => coordinator.get<Save>(`/tag-rule-saves/${id}`),
      ({ status }) => status !== 'waiting' && status !== 'running',
      PATIENCE_MS,
    );
    const after = await seen();
    const gained = after.tagged.filter((one) => !before.tagged.includes(one));
    expect(done).toMatchObject({ status: 'done', gained: gained.length });
    expect(gained).toContain(last?.id);
    expect(after.rule.anyOf).toEqual([...anyOf, word]);
    const { rows: versions } = await coordinator.get<{ rows: Rule[] }>(`/tag-rules/${TAG}/versions`);
    expect(versions.filter((one) => one.anyOf.includes(word))).toHaveLength(1);
    expect(await db('audit_log').where({ action: 'tag-rule.save' })).toHaveLength(1);
    await expectAuditIntact(db);
  },
  2 * PATIENCE_MS,
);
