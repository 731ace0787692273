import { appendAudit } from '../db/audit';
import { lockKind } from '../db/imports';
import { settleEntities } from '../db/registry-merge';
import { applyTagRule } from '../db/tag-rule-effect';
import {
  failTagRuleSave,
  finishTagRuleSave,
  openTagRuleSave,
  updateSaveProgress,
  type TagRuleSave,
} from '../db/tag-rule-saves';
import { insertTagRuleVersion, listTagRules } from '../db/tag-rules';
import { DomainError } from '../domain/errors';
import { assertSavable, withCleanWords } from '../domain/registry/tag-rule-save';
import type { Collaborators } from './collaborators';

export function createTagRuleActivities({ db }: Collaborators) {
  return {
    /** False where no save waits. All of it is one transaction: a worker that is killed leaves nothing behind. */
    carryOutTagRuleSave: async (): Promise<boolean> => {
      const save = await openTagRuleSave(db);
      if (!save) return false;
      try {
        await carryOut(save);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        await failTagRuleSave(db, save.id, error.message);
      }
      return true;
    },

    /** Of one that could not be carried out however often it was tried. */
    giveUpTagRuleSave: async (): Promise<void> => {
      const save = await openTagRuleSave(db);
      if (save) await failTagRuleSave(db, save.id, GIVEN_UP);
    },
  };

  async function carryOut(save: TagRuleSave): Promise<void> {
    const rule = withCleanWords(save);
    const touched = await db.transaction(async (trx) => {
      // Rules are read by imports as they begin: neither may pass the other.
      if (!(await lockKind(trx, 'entities'))) throw new Error('an import into the registry is running');
      await updateSaveProgress(db, save.id, 0);
      const rules = await listTagRules(trx);
      assertSavable(rule, rules, save.basedOn);
      const version = await insertTagRuleVersion(trx, rule, {
        changedBy: save.orderedBy,
        reason: save.reason,
      });
      const { gained, lost } = await applyTagRule(trx, rule, version, (progress) =>
        updateSaveProgress(db, save.id, progress),
      );
      await finishTagRuleSave(trx, save.id, version);
      const before = rules.find((one) => one.tag === rule.tag);
      await appendAudit(trx, {
        ...{ actorId: save.orderedBy, action: 'tag-rule.save', subject: `tag-rule/${rule.tag}` },
        ...{ address: save.address, requestId: save.requestId },
        ...(before ? { before: { ...withCleanWords(before), version: before.version } } : {}),
        after: { ...rule, version, reason: save.reason, gained, lost },
      });
      return gained + lost;
    });
    if (touched > 0) await settleEntities(db, touched);
  }
}

const GIVEN_UP =
  '保存没有完成，规则和名录库都没有改变：检查对象的导入可能一直在进行。请稍后再保存，或把日志交给管理员。';
