import type { Knex } from 'knex';
import { appendAudit } from '../../db/audit';
import { ensureRegions } from '../../db/imports';
import {
  deleteRegion,
  deleteRegionMove,
  findRegion,
  listRegionMoves,
  lockRegions,
  renameRegion,
  saveRegionMove,
  usesOfRegion,
} from '../../db/regions';
import { conflict, invalid, notFound } from '../../domain/errors';
import { wouldLoop } from '../../domain/regions/region-book';
import { isRegionCode, parentOf } from '../../domain/regions/tree';
import { retryRegions } from '../../imports/retry-regions';
import { regionsContract as contract } from '../contract/regions';
import { implement, type ApiRequest } from '../implement';
import { findImport, importOf } from '../registries/import-of';
import { regionBookOf } from '../registries/region-book';

export const regionRoutes = [
  implement(contract.readRegionBook, (_request, { db }) => regionBookOf(db)),

  implement(contract.saveRegion, async (request, { db }) => {
    const { params, body } = request;
    await db.transaction(async (trx) => {
      await lockRegions(trx);
      const before = await findRegion(trx, params.code);
      // Sent again because the answer was lost.
      if (before?.name === body.name) return;
      if ((before?.name ?? null) !== body.basedOn) throw changedMeanwhile();
      if (!before) {
        await assertNew(trx, params.code);
        await ensureRegions(trx, [params.code]);
      }
      await renameRegion(trx, params.code, body.name);
      await record(trx, request, before ? 'region.rename' : 'region.add', `region/${params.code}`, {
        ...(before ? { before: { name: before.name } } : {}),
        after: { name: body.name, reason: body.reason },
      });
    });
    return regionBookOf(db);
  }),

  implement(contract.removeRegion, async (request, { db }) => {
    const { code } = request.params;
    await db.transaction(async (trx) => {
      await lockRegions(trx);
      const before = await findRegion(trx, code);
      if (!before) throw notFound('region-not-found', `区划表中没有 ${code}。`);
      const uses = await usesOfRegion(trx, code);
      if (uses.length > 0)
        throw conflict('region-in-use', `${before.name}（${code}）正被使用，不能删除：${uses.join('、')}。`);
      await deleteRegion(trx, code);
      await record(trx, request, 'region.remove', `region/${code}`, {
        before: { name: before.name },
        after: { reason: request.body.reason },
      });
    });
    return regionBookOf(db);
  }),

  implement(contract.saveRegionMove, async (request, { db }) => {
    const { params, body, actor } = request;
    const { oldCode } = params;
    const { newCode, since, reason } = body;
    await db.transaction(async (trx) => {
      await lockRegions(trx);
      const moves = await listRegionMoves(trx);
      const before = moves.find((move) => move.old_code === oldCode);
      if (before?.new_code === newCode && before.since === since && before.reason === reason) return;
      if ((before?.new_code ?? null) !== body.basedOn) throw changedMeanwhile();
      if (!(await findRegion(trx, newCode)))
        throw invalid('region-not-found', `区划表中没有新代码 ${newCode}，请先新增这个区划。`, [
          { field: 'newCode', message: '区划表中没有' },
        ]);
      const known = moves.map((move) => ({ from: move.old_code, to: move.new_code }));
      if (oldCode === newCode || wouldLoop(known, { from: oldCode, to: newCode }))
        throw invalid('region-loop', `${oldCode} 改为 ${newCode} 会绕回自身，请核对新旧代码。`, [
          { field: 'newCode', message: '绕回旧代码' },
        ]);
      await saveRegionMove(trx, {
        ...{ old_code: oldCode, new_code: newCode, since, reason, recorded_by: actor.id },
      });
      await record(trx, request, 'region-move.save', `region/${oldCode}`, {
        ...(before ? { before: { newCode: before.new_code, since: before.since } } : {}),
        after: { newCode, since, reason },
      });
    });
    return regionBookOf(db);
  }),

  implement(contract.removeRegionMove, async (request, { db }) => {
    const { oldCode } = request.params;
    await db.transaction(async (trx) => {
      await lockRegions(trx);
      const before = (await listRegionMoves(trx)).find((move) => move.old_code === oldCode);
      if (!before) throw notFound('region-move-not-found', `没有登记 ${oldCode} 的代码变更。`);
      if (before.used > 0)
        throw conflict(
          'region-move-in-use',
          `已有 ${before.used} 处按 ${oldCode} → ${before.new_code} 导入，不能删除；登记有误的，请更正新代码后重新导入。`,
        );
      await deleteRegionMove(trx, oldCode);
      await record(trx, request, 'region-move.remove', `region/${oldCode}`, {
        before: { newCode: before.new_code, since: before.since },
        after: { reason: request.body.reason },
      });
    });
    return regionBookOf(db);
  }),

  implement(contract.retryRegions, async (request, { db, campaigns }) => {
    const { params, actor, address, requestId, afterwards } = request;
    const run = await findImport(db, params.id);
    const retry = (await regionBookOf(db)).retries.find(({ importId }) => importId === run.id);
    if (!retry)
      throw conflict(
        'nothing-to-retry',
        '这次导入没有可以重新导入的行：因区划被拒绝的行，代码都还不认识，或已经重新导入。',
      );
    if (retry.obstacle !== null) throw conflict('retry-older', retry.obstacle);
    const id = await retryRegions(db, run, actor.id);
    await appendAudit(db, {
      ...{ actorId: actor.id, action: 'import.retry', subject: `import/${run.id}`, address, requestId },
      after: { import: id },
    });
    afterwards(() => campaigns.wakeImports(run.kind));
    return importOf(await findImport(db, id), actor);
  }),
];

const changedMeanwhile = () => conflict('region-changed', '别人刚刚修改过：请看过新的内容，再决定是否修改。');

async function assertNew(trx: Knex, code: string): Promise<void> {
  const move = (await listRegionMoves(trx)).find(({ old_code }) => old_code === code);
  if (move) throw conflict('region-moved', `${code} 已改为 ${move.new_code}，请使用新代码。`);
  const parent = parentOf(code);
  if (!isRegionCode(code) && !(parent !== null && (await findRegion(trx, parent))))
    throw invalid('region-code', `${code} 不是 GB/T 2260 的代码，区划表中也没有它的上级。`, [
      { field: 'code', message: '如 610902；其他写法请登记为代码变更' },
    ]);
}

const record = (
  trx: Knex.Transaction,
  {
    actor,
    address,
    requestId,
  }: Pick<ApiRequest<unknown, unknown, unknown>, 'actor' | 'address' | 'requestId'>,
  action: string,
  subject: string,
  change: { before?: object; after: object },
) => appendAudit(trx, { actorId: actor.id, action, subject, address, requestId, ...change });
