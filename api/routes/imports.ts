import { Readable } from 'node:stream';
import { appendAudit } from '../../db/audit';
import { cancelJob } from '../../db/import-jobs';
import { listImports, listRefusals, type ImportRow } from '../../db/import-views';
import { conflict, forbidden } from '../../domain/errors';
import { keepsRegistries, mayImportKind } from '../../domain/permissions/records';
import type { Actor } from '../../domain/roles';
import { storeJob } from '../../imports/jobs';
import { KINDS } from '../../imports/kinds';
import { refusedCsv } from '../../imports/refused-rows';
import { orderUndo } from '../../imports/undo';
import { registriesContract as contract } from '../contract/registries';
import { decodeCursor, isId, pageOf } from '../cursor';
import { FileAnswer, implement } from '../implement';
import { findImport, importOf, isOwn } from '../registries/import-of';
import { csvLines } from '../tables';
import { departmentsAs } from '../departments-as';

export const importRoutes = [
  implement(contract.importFile, async (request, { db, campaigns }) => {
    const { params, query, actor, address, requestId, stream, afterwards } = request;
    const isForAll = keepsRegistries(actor);
    if (!mayImportKind(actor, params.kind)) {
      throw forbidden('import-kind', '信用信息由信用管理人员导入，名录和事项由各部门和统筹协调人员导入。');
    }
    if (params.kind === 'entities' && query.mode === 'full' && !isForAll) {
      throw forbidden(
        'full-entities-import',
        '检查对象名录库由各部门共用，只有统筹协调人员或管理员可以全量导入。',
      );
    }
    const job = {
      ...{ kind: params.kind, mode: query.mode, dryRun: query.dryRun === 'true', fileName: query.fileName },
      startedBy: actor.id,
      departments: isForAll ? null : departmentsAs(actor, 'liaison', 'lead_officer'),
    };
    const id = await storeJob(db, job, stream);
    await appendAudit(db, {
      ...{ actorId: actor.id, action: 'import.order', subject: `import/${id}`, address, requestId },
      after: { kind: job.kind, mode: job.mode, dryRun: job.dryRun, fileName: job.fileName },
    });
    afterwards(() => campaigns.wakeImports(params.kind));
    return importOf(await findImport(db, id), actor);
  }),

  implement(contract.readTemplate, ({ params }) =>
    Promise.resolve({
      columns: Object.values(KINDS[params.kind].columns).map(
        ({ names: [name = '', ...others], required }) => ({
          ...{ name, required: required ?? false, alternatives: others },
        }),
      ),
    }),
  ),

  implement(contract.downloadTemplate, ({ params }) => {
    const titles = Object.values(KINDS[params.kind].columns).map(({ names: [name = ''] }) => name);
    return Promise.resolve(csvLines(Readable.from([titles]), `${params.kind}-template.csv`));
  }),

  implement(contract.cancelImport, async ({ params, actor, address, requestId }, { db }) => {
    const run = await findImport(db, params.id);
    assertOwn(run, actor);
    await db.transaction(async (trx) => {
      if (!(await cancelJob(trx, run.id, actor.id))) throw tooLate(run);
      await appendAudit(trx, {
        ...{ actorId: actor.id, action: 'import.cancel', subject: `import/${run.id}`, address, requestId },
      });
    });
    return importOf(await findImport(db, run.id), actor);
  }),

  implement(
    contract.undoImport,
    async ({ params, body, actor, address, requestId, afterwards }, { db, campaigns }) => {
      const run = await findImport(db, params.id);
      assertOwn(run, actor);
      const id = await db.transaction(async (trx) => {
        const undo = await orderUndo(trx, run, { startedBy: actor.id, reason: body.reason });
        await appendAudit(trx, {
          ...{
            actorId: actor.id,
            action: 'import.order-undo',
            subject: `import/${run.id}`,
            address,
            requestId,
          },
          after: { undo, reason: body.reason },
        });
        return undo;
      });
      afterwards(() => campaigns.wakeImports(run.kind));
      return importOf(await findImport(db, id), actor);
    },
  ),

  implement(contract.listImports, async ({ query, actor }, { db }) => {
    const beforeId = decodeCursor(query.cursor, isId);
    const rows = await listImports(db, {
      limit: query.limit + 1,
      ...(query.kind === undefined ? {} : { kind: query.kind }),
      ...(beforeId === undefined ? {} : { beforeId }),
    });
    const page = pageOf(rows, query.limit, (row) => row.id);
    return { ...page, rows: page.rows.map((row) => importOf(row, actor)) };
  }),

  implement(contract.readImport, async ({ params, actor }, { db }) =>
    importOf(await findImport(db, params.id), actor),
  ),

  implement(contract.listRefusals, async ({ params, query, actor }, { db }) => {
    assertOwn(await findImport(db, params.id), actor);
    const after = decodeCursor(query.cursor, isPosition) ?? null;
    const rows = await listRefusals(db, params.id, after, query.limit + 1);
    const page = pageOf(rows, query.limit, (row) => [row.row_number, row.column_name, row.reason]);
    return {
      ...page,
      rows: page.rows.map(({ row_number, column_name, value, reason, message }) => ({
        rowNumber: row_number,
        column: column_name,
        value,
        reason,
        message,
      })),
    };
  }),

  implement(contract.downloadRefusals, async ({ params, actor }, { db }) => {
    const run = await findImport(db, params.id);
    assertOwn(run, actor);
    return new FileAnswer(refusedCsv(db, run), `${run.file_name.replace(/\.[^.]*$/, '')}-refused.csv`);
  }),
];

function assertOwn(run: ImportRow, actor: Actor): void {
  if (isOwn(run, actor)) return;
  throw forbidden(
    'foreign-import',
    '只有上传者本人、统筹协调人员或管理员可以取消或撤销这次导入，查看被拒绝的行。',
  );
}

const tooLate = (run: ImportRow) =>
  conflict(
    'not-cancellable',
    run.status === 'waiting' || run.status === 'running'
      ? '正在写入名录库，已不能取消；完成后可以撤销。'
      : '这次导入已经结束，不能再取消。',
  );

const isPosition = (value: unknown): value is [number, string, string] =>
  Array.isArray(value) && isId(value[0]) && typeof value[1] === 'string' && typeof value[2] === 'string';
