import { Readable } from 'node:stream';
import type { z } from 'zod';
import { chainLength, hashAt, readPending, readTree } from '../../db/audit-chain';
import {
  listCheckpoints,
  listKeys,
  readCheckpointAt,
  readLastCheck,
  readLastCheckpoint,
  type CheckpointRow,
} from '../../db/audit-checkpoints';
import { listAudit, streamAudit, type AuditFilter, type AuditRow } from '../../db/audit-views';
import { consistencyPath, inclusionPath } from '../../domain/audit/merkle';
import { endOf, instantOf } from '../../domain/deadlines/working-days';
import { invalidField, notFound } from '../../domain/errors';
import { auditContract as contract } from '../contract/audit';
import { decodeCursor, isId, pageOf } from '../cursor';
import { FileAnswer, implement } from '../implement';
import type { auditFilter } from '../schemas/audit';
import { csvAnswer, type TableColumn } from '../tables';

export const auditRoutes = [
  implement(contract.listAuditEntries, async ({ query }, { db }) => {
    const before = decodeCursor(query.cursor, isId) ?? null;
    const rows = await listAudit(db, filterOf(query), before, query.limit + 1);
    const page = pageOf(rows, query.limit, (row) => row.seq);
    return { ...page, rows: page.rows.map(entryOf) };
  }),

  implement(contract.downloadAuditCsv, ({ query }, { db }) =>
    Promise.resolve(csvAnswer(COLUMNS, streamAudit(db, filterOf(query)), '审计日志.csv')),
  ),

  implement(contract.downloadAuditLines, ({ query }, { db }) => {
    const lines = async function* () {
      for await (const row of streamAudit(db, filterOf(query))) yield `${JSON.stringify(entryOf(row))}\n`;
    };
    return Promise.resolve(new FileAnswer(Readable.from(lines()), '审计日志.jsonl'));
  }),

  implement(contract.readAuditState, async (_request, { db }) => {
    const [entries, pending, checkpoint, check] = await Promise.all([
      chainLength(db),
      readPending(db),
      readLastCheckpoint(db),
      readLastCheck(db),
    ]);
    return {
      ...{ entries, pending: pending.count, pendingSince: pending.since?.toISOString() ?? null },
      checkpoint: checkpoint && checkpointOf(checkpoint),
      check: check && {
        ...{ at: check.at.toISOString(), entries: check.entries, seconds: check.seconds },
        problems: check.problems.map((problem) => ({ ...problem })),
      },
    };
  }),

  implement(contract.listAuditCheckpoints, async ({ query }, { db }) => {
    const before = decodeCursor(query.cursor, isId) ?? null;
    const rows = await listCheckpoints(db, before, query.limit + 1);
    const page = pageOf(rows, query.limit, (row) => row.size);
    return { ...page, rows: page.rows.map(checkpointOf) };
  }),

  implement(contract.listAuditKeys, async (_request, { db }) => ({
    rows: (await listKeys(db)).map(({ id, key, since }) => ({ id, key, since: since.toISOString() })),
  })),

  implement(contract.proveAuditEntry, async ({ params: { place }, query: { size } }, { db }) => {
    const { root } = await checkpointAt(db, size);
    if (place > size) throw invalidField('beyond-checkpoint', 'path.place', `该检查点只含前 ${size} 条。`);
    const hash = await hashAt(db, place);
    if (hash === null) throw notFound('no-such-place', `审计日志没有第 ${place} 条。`);
    const rangeHash = await readTree(db, [place - 1, size]);
    return { place, size, hash, root, path: hexOf(inclusionPath(place - 1, size, rangeHash)) };
  }),

  implement(contract.proveAuditGrowth, async ({ query: { first, second } }, { db }) => {
    if (first > second) throw invalidField('not-growing', 'query.second', '后一个检查点不能比前一个短。');
    const [before, after] = [await checkpointAt(db, first), await checkpointAt(db, second)];
    const rangeHash = await readTree(db, [first - 1, first, second]);
    return {
      first: { size: first, root: before.root },
      second: { size: second, root: after.root },
      path: hexOf(consistencyPath(first, second, rangeHash)),
    };
  }),
];

async function checkpointAt(
  db: Parameters<typeof readCheckpointAt>[0],
  size: number,
): Promise<CheckpointRow> {
  const row = await readCheckpointAt(db, size);
  if (!row) throw notFound('no-such-checkpoint', `没有 ${size} 条时的检查点：请从检查点列表中选择。`);
  return row;
}

const hexOf = (path: readonly Buffer[]): string[] => path.map((hash) => hash.toString('hex'));

const filterOf = ({
  actor,
  action,
  subject,
  address,
  from,
  to,
}: z.output<typeof auditFilter>): AuditFilter => ({
  ...(actor === undefined ? {} : { actor: actor === '-' ? null : actor }),
  ...(action === undefined ? {} : { action }),
  ...(subject === undefined ? {} : { subject }),
  ...(address === undefined ? {} : { address }),
  ...(from === undefined ? {} : { from: instantOf(from, '00:00') }),
  ...(to === undefined ? {} : { before: endOf(to) }),
});

const entryOf = (row: AuditRow) => ({
  ...{ seq: row.seq, place: row.place, at: row.at.toISOString(), action: row.action, subject: row.subject },
  actor: row.username === null ? null : { username: row.username, name: row.name ?? '' },
  ...{
    address: row.address,
    requestId: row.request_id,
    before: row.before,
    after: row.after,
    hash: row.hash,
  },
});

const checkpointOf = ({ size, root, at, reason, key_id: keyId, note }: CheckpointRow) => ({
  ...{ size, root, at: at.toISOString(), reason, keyId, note },
});

const jsonOf = (value: unknown): string => (value === null ? '' : JSON.stringify(value));

const COLUMNS: TableColumn<AuditRow>[] = [
  { header: '编号', value: (row) => row.seq },
  { header: '链上位置', value: (row) => row.place },
  { header: '时间', value: (row) => row.at.toISOString() },
  { header: '用户名', value: (row) => row.username },
  { header: '姓名', value: (row) => row.name },
  { header: '操作', value: (row) => row.action },
  { header: '对象', value: (row) => row.subject },
  { header: '地址', value: (row) => row.address },
  { header: '请求编号', value: (row) => row.request_id },
  { header: '操作前', value: (row) => jsonOf(row.before) },
  { header: '操作后', value: (row) => jsonOf(row.after) },
  { header: '哈希', value: (row) => row.hash },
];
