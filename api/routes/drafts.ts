import { readDraftsOf, saveDraft, type ResultDraftRow } from '../../db/result-drafts';
import { lockVisit } from '../../db/results';
import { conflict } from '../../domain/errors';
import { workContract as contract } from '../contract/work';
import { implement } from '../implement';
import { assertOpenItem } from '../visits/open-item';

export const draftRoutes = [
  implement(contract.saveDraft, ({ params, body, actor }, { db, now }) =>
    db.transaction(async (trx) => {
      await lockVisit(trx, params.id);
      await assertOpenItem(trx, params.id, { item: params.item, field: 'path.item' }, actor);
      const saved = await saveDraft(trx, {
        ...{ visitId: params.id, item: params.item, revision: body.revision, content: body.content },
        ...{ actorId: actor.id, at: now() },
      });
      const draft = (await readDraftsOf(trx, params.id)).find((one) => one.item_code === params.item);
      if (!saved || !draft) {
        const who = draft ? `${draft.saved_by_name} 已保存了另一个版本` : '草稿已被清除';
        throw conflict(
          'draft-changed',
          `事项“${params.item}”：${who}，您的版本没有保存。请比较后决定用哪一个。`,
        );
      }
      return draftOf(draft);
    }),
  ),
];

export const draftOf = (row: ResultDraftRow) => ({
  item: row.item_code,
  revision: row.revision,
  content: { method: null, ...row.content } as never,
  savedBy: row.saved_by_name,
  savedAt: row.saved_at.toISOString(),
});
