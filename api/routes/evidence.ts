import type { Knex } from 'knex';
import { appendAudit } from '../../db/audit';
import {
  insertEvidence,
  readEvidence,
  readEvidenceOf,
  removeEvidence,
  readVisitScope,
  type EvidenceRow,
} from '../../db/evidence';
import { lockVisit, readTeamMember, readVisitItems } from '../../db/results';
import { readForms } from '../../db/visit-views';
import {
  conflict,
  forbidden,
  invalidField,
  notFound,
  tooLarge,
  unavailable,
  unsupported,
} from '../../domain/errors';
import { EVIDENCE_TYPES } from '../../domain/evidence/types';
import { mostPhotos } from '../../domain/items/check-form';
import { mayReadEvidence } from '../../domain/permissions/rules';
import type { Actor } from '../../domain/roles';
import { newKey } from '../../evidence/folder-store';
import { fileTooLarge, megabytes, receive, type ReceivedFile } from '../../evidence/receive';
import { EvidenceMissing } from '../../evidence/store';
import type { ApiContext } from '../context';
import { evidenceContract as contract } from '../contract/evidence';
import { FileAnswer, implement, type ApiRequest } from '../implement';
import { assertOpenItem } from '../visits/open-item';

interface Place {
  item: string;
  question?: string | undefined;
  fileName: string;
}

export const evidenceRoutes = [
  implement(contract.addEvidence, async (request, context) => {
    const { params, query, actor, stream } = request;
    const { db } = context;
    const policy = context.evidence.policy;
    // Before the bytes: a phone need not send a film to hear that it may not.
    await assertMayAdd(db, params.id, query, actor);
    if (Number(request.response.req.get('content-length') ?? 0) > policy.fileBytes) {
      stream.resume();
      throw fileTooLarge(policy.fileBytes);
    }
    const row = await receive(context.evidence.store, stream, policy, (file) =>
      keep(request, context, params.id, query, file),
    );
    return evidenceOf(row, actor, true);
  }),

  implement(contract.readEvidence, async ({ params, actor, address, requestId, response }, context) => {
    const { db, evidence } = context;
    const row = await readEvidence(db, params.id, params.evidence);
    if (!row || !(await readableEvidence(db, params.id, actor))(row)) throw noEvidence(params.evidence);
    const content = await evidence.store.open(row.object_key).catch((error: unknown) => {
      throw error instanceof EvidenceMissing
        ? unavailable('evidence-file-missing', '这份佐证材料的文件暂时取不到，请联系管理员检查存储。')
        : error;
    });
    await db.transaction((trx) =>
      appendAudit(trx, {
        ...{ actorId: actor.id, action: 'evidence.read', subject: `visit/${params.id}`, address, requestId },
        after: { evidence: row.id, item: row.item_code, sha256: row.sha256 },
      }),
    );
    // Whatever it holds, it is shown as what it is, runs nothing and embeds nowhere else.
    response.setHeader('Content-Security-Policy', "sandbox; default-src 'none'");
    response.setHeader('Content-Length', row.size);
    response.setHeader('Repr-Digest', `sha-256=:${Buffer.from(row.sha256, 'hex').toString('base64')}:`);
    return new FileAnswer(content, row.file_name, null, EVIDENCE_TYPES[row.type].mediaType);
  }),

  implement(contract.removeEvidence, async (request, { db, now, evidence }) => {
    const { params, actor, address, requestId } = request;
    const erased = await db.transaction(async (trx) => {
      await lockVisit(trx, params.id);
      const row = await readEvidence(trx, params.id, params.evidence);
      if (!row || !(await readableEvidence(trx, params.id, actor))(row)) throw noEvidence(params.evidence);
      if (row.uploaded_by !== actor.id) {
        throw forbidden(
          'foreign-evidence',
          `这份材料由 ${row.uploaded_by_name} 上传，只有上传者本人可以撤回。`,
        );
      }
      const items = await readVisitItems(trx, params.id);
      if (items.find((one) => one.item_code === row.item_code)?.result_code !== null) {
        throw conflict('result-submitted', '该事项的结果已经提交，佐证材料不能再撤回。');
      }
      const isUnneeded = await removeEvidence(trx, row, actor.id, now());
      await appendAudit(trx, {
        ...{
          actorId: actor.id,
          action: 'evidence.remove',
          subject: `visit/${params.id}`,
          address,
          requestId,
        },
        before: auditOf(row),
      });
      return isUnneeded ? row.object_key : null;
    });
    if (erased !== null) request.afterwards(() => evidence.store.remove(erased));
    return undefined;
  }),
];

/** The file gets its place first, then its row: where that fails, the file goes again. */
async function keep(
  {
    actor,
    address,
    requestId,
  }: Pick<ApiRequest<unknown, unknown, unknown>, 'actor' | 'address' | 'requestId'>,
  { db, now, evidence: { store, policy } }: ApiContext,
  visitId: number,
  place: Place,
  file: ReceivedFile,
): Promise<EvidenceRow> {
  const objectKey = newKey(visitId);
  await store.put(objectKey, file);
  let isNeeded = false;
  try {
    const row = await db.transaction(async (trx) => {
      await lockVisit(trx, visitId);
      const most = await assertMayAdd(trx, visitId, place, actor);
      if (most !== null && !EVIDENCE_TYPES[file.type].isPhoto) {
        throw unsupported('photo-needed', `这项内容要照片，收到的是${EVIDENCE_TYPES[file.type].label}。`);
      }
      const all = await readEvidenceOf(trx, visitId);
      const same = all.filter((one) => one.sha256 === file.sha256);
      const here = all.filter((one) => isAt(one, place));
      const again = same.find((one) => isAt(one, place));
      // Sent again because the answer was lost: nothing is doubled.
      if (again) return again;
      if (most !== null && here.length >= most) {
        throw conflict('too-many-photos', `这项内容最多 ${most} 张照片：请先撤回不需要的。`);
      }
      assertRoom(all, file.size, policy.visitBytes);
      const id = await insertEvidence(trx, {
        ...{ visitId, item: place.item, question: place.question ?? null, fileName: place.fileName },
        ...{ sha256: file.sha256, size: file.size, type: file.type, actorId: actor.id, at: now() },
        objectKey: same[0]?.object_key ?? objectKey,
      });
      const added = await readEvidence(trx, visitId, id);
      if (!added) throw new Error('the evidence that was just added is not there');
      await appendAudit(trx, {
        ...{ actorId: actor.id, action: 'evidence.add', subject: `visit/${visitId}`, address, requestId },
        after: auditOf(added),
      });
      return added;
    });
    isNeeded = row.object_key === objectKey;
    return row;
  } finally {
    // What can't be erased now is swept later.
    if (!isNeeded) await store.remove(objectKey).catch(() => undefined);
  }
}

const isAt = (row: EvidenceRow, { item, question }: Place): boolean =>
  row.item_code === item && row.question_key === (question ?? null);

const auditOf = ({ id, item_code, question_key, sha256, size, type, file_name }: EvidenceRow) => ({
  ...{ evidence: id, item: item_code, question: question_key, sha256, size, type, fileName: file_name },
});

/** A file counts once, however often it was given. */
function assertRoom(all: readonly EvidenceRow[], size: number, visitBytes: number): void {
  const files = new Map(all.map((one) => [one.object_key, one.size]));
  const used = [...files.values()].reduce((sum, one) => sum + one, 0);
  if (used + size <= visitBytes) return;
  throw tooLarge(
    'evidence-visit-full',
    `这一户的佐证材料合计不能超过 ${megabytes(visitBytes)} MB，已有 ${megabytes(used)} MB：请先撤回不需要的，或压缩后再传。`,
  );
}

/** Gives how many photos the question takes; null where it is no photo question. */
async function assertMayAdd(db: Knex, visitId: number, place: Place, actor: Actor): Promise<number | null> {
  await assertOpenItem(db, visitId, { item: place.item, field: 'query.item' }, actor);
  if (place.question === undefined) return null;
  const form = (await readForms(db, visitId)).find((one) => one.item === place.item);
  const question = form?.sections
    .flatMap((section) => section.questions)
    .find((one) => one.key === place.question);
  if (question?.type === 'photo') return mostPhotos(question);
  throw invalidField(
    'no-photo-question',
    'query.question',
    `检查表中没有编号为“${place.question}”的拍照内容，请刷新页面后重试。`,
  );
}

/** Of a visit's evidence, what somebody may see. */
export async function readableEvidence(
  db: Knex,
  visitId: number,
  actor: Actor,
): Promise<(row: EvidenceRow) => boolean> {
  const scope = await readVisitScope(db, visitId);
  if (!scope) return () => false;
  const member = await readTeamMember(db, visitId, actor.id);
  const departments = new Map(
    (await readVisitItems(db, visitId)).map((item) => [item.item_code, item.department_code]),
  );
  return ({ item_code }) =>
    mayReadEvidence(actor, {
      ...scope,
      department: departments.get(item_code) ?? '',
      isOfTeam: member?.assigned === true,
    });
}

export const evidenceOf = (row: EvidenceRow, actor: Actor, isOpen: boolean) => ({
  id: row.id,
  item: row.item_code,
  question: row.question_key,
  type: row.type,
  isPhoto: EVIDENCE_TYPES[row.type].isPhoto,
  fileName: row.file_name,
  size: row.size,
  sha256: row.sha256,
  uploadedBy: row.uploaded_by_name,
  uploadedAt: row.uploaded_at.toISOString(),
  mayRemove: isOpen && row.uploaded_by === actor.id,
});

const noEvidence = (id: number) =>
  notFound('evidence-not-found', `没有编号为 ${id} 的佐证材料，或它不归您查看。`);
