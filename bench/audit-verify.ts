/** The whole audit log gone through: every hash, the tree, and what was signed of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { signHead } from '../activities/audit-checkpoints';
import { verifyAudit } from '../activities/verify-audit';
import { sealAudit } from '../db/audit-chain';
import { connect } from '../db/connect';
import { migrate } from '../db/migrate';
import { testSigner } from '../test/support/audit-signing';
import { timed, type Bench } from './support/bench';
import { metered } from './support/processor-time';
import { scratchServer } from './support/scratch-server';

/** As many checkpoints as a year has days. */
const CHECKPOINTS = 365;

export const bench: Bench = {
  about:
    'the audit log verified as npm run audit:verify does, beside its hashes alone by one statement of SQL',
  sizeOf: 'entries',
  defaultSize: 1_000_000,
  async prepare(size) {
    const server = await scratchServer();
    const db = connect(await server.create('bench'));
    await migrate(db);
    const signing = { signer: testSigner(), folder: mkdtempSync(path.join(os.tmpdir(), 'onevisit-bench-')) };
    // The last half comes at once, as after an outage of the worker; the first, day by day.
    for (let day = 0; day < CHECKPOINTS; day += 1) {
      await write(
        Math.floor((size / 2) * ((day + 1) / CHECKPOINTS)) - Math.floor((size / 2) * (day / CHECKPOINTS)),
      );
      await signHead(db, signing, new Date(), 'daily');
    }
    const backlog = size - Math.floor(size / 2);
    await write(backlog);
    const sealing = await timed(() => sealAudit(db));
    await signHead(db, signing, new Date(), 'daily');
    await db.raw('vacuum analyze audit_log, audit_links');
    return {
      ours: {
        name: 'OneVisit',
        run: () =>
          metered(server.postmaster, async () => {
            const { ok, entries } = await verifyAudit(db, { folder: signing.folder, keys: null });
            return ok ? entries : -1;
          }),
      },
      peers: [
        {
          name: 'the hashes alone, by SQL',
          run: () =>
            metered(server.postmaster, async () => {
              const { rows } = await db.raw<{ rows: { count: number }[] }>(HASHES);
              return rows[0]?.count ?? -1;
            }),
        },
      ],
      check: (outcomes) => {
        for (const [name, entries] of outcomes)
          if (entries !== size) throw new Error(`${name}: ${String(entries)} of ${size} entries hold`);
        const perSecond = Math.round(backlog / sealing.seconds);
        return `a backlog of ${backlog} entries was sealed in ${sealing.seconds.toFixed(1)} s, ${perSecond} a second`;
      },
      close: async () => {
        await db.destroy();
        await server.close();
        rmSync(signing.folder, { recursive: true });
      },
    };

    async function write(count: number): Promise<void> {
      await db.raw(
        `insert into audit_log (actor_id, action, subject, address, request_id, before, after)
         select null, 'visit.results', 'visit/' || n, '192.0.2.' || n % 250, gen_random_uuid(),
                jsonb_build_object('stage', 'under_way'),
                jsonb_build_object('visitOn', '2026-11-28', 'results', jsonb_build_array(
                  jsonb_build_object('item', 'SCJG-001', 'resultCode', 1 + n % 8),
                  jsonb_build_object('item', 'WJW-001', 'resultCode', 1)))
           from generate_series(1, ?) n`,
        [count],
      );
    }
  },
};

/** How many entries are what their hash says, after the hash that the place before has. */
const HASHES = `
  select count(*)::int as count from audit_log a join (
      select *, lag(hash, 1, repeat('0', 64)) over (order by place) as expected from audit_links) l using (seq)
   where l.previous_hash = l.expected
     and l.hash = encode(sha256(convert_to(concat_ws(E'\\n',
           case when a.seq = l.place then l.place::text else concat(l.place, '/', a.seq) end,
           to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), coalesce(a.actor_id::text, ''),
           a.action, a.subject, coalesce(a.address, ''), coalesce(a.request_id, ''),
           coalesce(a.before::text, ''), coalesce(a.after::text, ''), l.previous_hash), 'UTF8')), 'hex')`;
