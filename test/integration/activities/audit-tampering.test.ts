/** Somebody owns the database and changes one thing in the audit log: it is found, and which entry it was. */
import { randomInt } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import type { Knex } from 'knex';
import { signHead } from '../../../activities/audit-checkpoints';
import { verifyAudit } from '../../../activities/verify-audit';
import { sealAudit } from '../../../db/audit-chain';
import { testSigning } from '../../support/audit-signing';
import { testDatabase, type TestDatabase } from '../../support/database';

const ENTRIES = 2500;

let database: TestDatabase;
const audit = testSigning();

beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  await write(db, 700);
  await signHead(db, audit.signing, new Date(), 'daily');
  await write(db, 1300);
  await signHead(db, audit.signing, new Date(), 'daily');
  await write(db, ENTRIES - 2000);
  await signHead(db, audit.signing, new Date(), null);
});

afterAll(async () => {
  audit.remove();
  await database.drop();
});

const write = (db: Knex, count: number): Promise<unknown> =>
  db.raw(
    `insert into audit_log (actor_id, action, subject, address, before, after)
     select null, 'results.submit', 'visit/' || n, '192.0.2.' || n % 250, '{"code": null}', jsonb_build_object('code', n % 8)
       from generate_series(1, ?) n`,
    [count],
  );

/** What the owner of the tables can do, undone after; returns what the verifier says in between. */
async function tampered(work: (trx: Knex) => Promise<unknown>) {
  const trx = await database.db.transaction();
  try {
    // Not the owner's triggers nor the references of tables hold them back.
    await trx.raw(`set local session_replication_role = 'replica'`);
    await work(trx);
    await trx.raw(`set local session_replication_role = 'origin'`);
    return await verifyAudit(trx, { folder: audit.signing.folder, keys: null });
  } finally {
    await trx.rollback();
  }
}

const places = fc.integer({ min: 1, max: ENTRIES });
const often = { numRuns: 8 };
const hashOf = (text: string) => `encode(sha256(convert_to(${text}, 'UTF8')), 'hex')`;

test('what nobody touched is intact, and everything that was signed was compared', async () => {
  expect(await verifyAudit(database.db, { folder: audit.signing.folder, keys: null })).toMatchObject({
    ...{ ok: true, entries: ENTRIES, pending: 0, checkpoints: 2, files: 3, problems: [] },
  });
});

test('a changed entry is named', async () => {
  const fields = fc.constantFrom(
    `action = 'results.correct'`,
    `subject = subject || '0'`,
    `address = '198.51.100.1'`,
    `before = '{}'`,
    `after = after || '{"code": 9}'`,
    `at = at + interval '1 millisecond'`,
    `request_id = 'other'`,
  );
  await fc.assert(
    fc.asyncProperty(places, fields, async (place, change) => {
      const { problems } = await tampered((trx) =>
        trx.raw(`update audit_log set ${change} where seq = ?`, [place]),
      );
      expect(problems).toEqual([{ kind: 'changed', place, seq: place }]);
    }),
    often,
  );
});

test('an entry that is changed together with its hash is named', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: ENTRIES - 1 }), async (place) => {
      const { problems } = await tampered(async (trx) => {
        await trx.raw(`update audit_log set actor_id = 1 where seq = ?`, [place]);
        await rehash(trx, place, place);
      });
      // Beside what was signed last over it, which is told first where it is signed right behind.
      expect(problems).toContainEqual({ kind: 'rehashed', place, seq: place });
      expect(problems.every(({ kind }) => kind === 'rehashed' || kind === 'rewritten')).toBe(true);
    }),
    often,
  );
});

test('a removed entry is named, with its place in the chain or without', async () => {
  await fc.assert(
    fc.asyncProperty(places, fc.boolean(), async (place, isWithPlace) => {
      const { problems } = await tampered(async (trx) => {
        await trx('audit_log').where({ seq: place }).delete();
        if (isWithPlace) await trx('audit_links').where({ place }).delete();
      });
      const last = isWithPlace && place === ENTRIES;
      expect(problems[0]).toEqual(
        last
          ? {
              kind: 'cut-off',
              size: place - 1,
              signed: place,
              source: expect.stringContaining('head.txt') as string,
            }
          : { kind: 'removed', place, seq: isWithPlace ? null : place },
      );
    }),
    often,
  );
});

test('an inserted entry is named, one that takes the place of another too', async () => {
  await fc.assert(
    fc.asyncProperty(places, async (place) => {
      const beside = await tampered((trx) => insert(trx, ENTRIES + 100));
      expect(beside.problems).toEqual([{ kind: 'inserted', place: null, seq: ENTRIES + 100 }]);
      const within = await tampered(async (trx) => {
        await insert(trx, ENTRIES + 100);
        await trx('audit_links')
          .where({ place })
          .update({ seq: ENTRIES + 100 });
      });
      expect(within.problems).toEqual([
        { kind: 'changed', place, seq: ENTRIES + 100 },
        { kind: 'inserted', place: null, seq: place },
      ]);
    }),
    often,
  );
});

const insert = (trx: Knex, seq: number): Promise<unknown> =>
  trx.raw(
    `insert into audit_log (seq, at, action, subject) overriding system value values (?, now(), 'results.submit', 'visit/7')`,
    [seq],
  );

test('two entries that change places are named', async () => {
  await fc.assert(
    fc.asyncProperty(places, places, async (one, other) => {
      fc.pre(one !== other);
      const { problems } = await tampered(async (trx) => {
        // Away first: no two may have one place, not even for a moment.
        await trx('audit_links').where({ place: one }).update({ seq: 0 });
        await trx('audit_links').where({ place: other }).update({ seq: one });
        await trx('audit_links').where({ place: one }).update({ seq: other });
      });
      const [first, second] = [Math.min(one, other), Math.max(one, other)];
      expect(problems).toEqual([
        { kind: 'changed', place: first, seq: second },
        { kind: 'changed', place: second, seq: first },
      ]);
    }),
    often,
  );
});

test('a chain that is made anew from one entry on agrees with itself, but not with what was signed', async () => {
  const place = randomInt(701, 2001);
  const { problems } = await tampered(async (trx) => {
    await trx.raw(`update audit_log set after = '{"code": 9}' where seq = ?`, [place]);
    await rehash(trx, place, ENTRIES);
  });
  expect(problems).toEqual([
    { kind: 'rewritten', from: 700, to: 2000, source: expect.stringContaining('000000002000') as string },
  ]);
});

test('so it is where the signed roots in the database are made anew with it, by who has not the key', async () => {
  const { problems } = await tampered(async (trx) => {
    await trx.raw(`update audit_log set after = '{"code": 9}' where seq = 1`);
    await rehash(trx, 1, ENTRIES);
    await trx('audit_checkpoints').update({ root: '0'.repeat(64) });
  });
  expect(problems.filter(({ kind }) => kind === 'checkpoint')).toEqual([
    { kind: 'checkpoint', source: 'audit_checkpoints/2000', why: 'other-values' },
    { kind: 'checkpoint', source: 'audit_checkpoints/700', why: 'other-values' },
  ]);
  expect(problems).toContainEqual({
    ...{ kind: 'rewritten', from: 0, to: 700, source: expect.stringContaining('000000000700') as string },
  });
});

test('nothing is signed over a history that was rewritten', async () => {
  const trx = await database.db.transaction();
  try {
    await trx.raw(`set local session_replication_role = 'replica'`);
    await trx('audit_checkpoints').delete();
    await trx('audit_pieces').delete();
    await trx.raw(`update audit_log set after = '{"code": 9}' where seq = 3`);
    await rehash(trx, 3, ENTRIES);
    await trx.raw(`set local session_replication_role = 'origin'`);
    await expect(signHead(trx, audit.signing, new Date(), 'daily')).rejects.toThrow('no longer holds');
  } finally {
    await trx.rollback();
  }
});

test('a checkpoint whose signature or key is another one is named', async () => {
  const file = path.join(audit.signing.folder, 'checkpoints', '000000000700.txt');
  const note = readFileSync(file, 'utf8');
  try {
    writeFileSync(file, note.replace('for daily', 'for dally'));
    const { problems } = await verifyAudit(database.db, { folder: audit.signing.folder, keys: null });
    expect(problems).toEqual([{ kind: 'checkpoint', source: file, why: 'signature' }]);
    const foreign = await verifyAudit(database.db, { folder: audit.signing.folder, keys: [] });
    expect(foreign.problems.map((one) => one.kind === 'checkpoint' && one.why)).toEqual(
      Array.from({ length: 5 }, () => 'unknown-key'),
    );
  } finally {
    rmSync(file);
    writeFileSync(file, note);
  }
});

/** The hashes of a stretch, as `audit_seal` would have made them. */
async function rehash(trx: Knex, from: number, to: number): Promise<void> {
  await trx.raw(`
    do $$
    declare entry record; previous text;
    begin
      select previous_hash into previous from audit_links where place = ${from};
      for entry in select a.*, l.place from audit_links l join audit_log a using (seq)
                    where l.place between ${from} and ${to} order by l.place loop
        update audit_links set previous_hash = previous, hash = ${hashOf(`concat_ws(E'\\n', entry.place,
          to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), coalesce(entry.actor_id::text, ''),
          entry.action, entry.subject, coalesce(entry.address, ''), coalesce(entry.request_id, ''),
          coalesce(entry.before::text, ''), coalesce(entry.after::text, ''), previous)`)}
          where place = entry.place returning hash into previous;
      end loop;
    end $$`);
  expect(await sealAudit(trx)).toBe(0);
}
