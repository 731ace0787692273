import type { Knex } from 'knex';
import { readCountedKinds } from '../../db/counted-kinds';
import { tryTagRule, type SampledSet } from '../../db/tag-rule-effect';
import {
  insertTagRuleSave,
  newestTagRuleSave,
  openTagRuleSave,
  readTagRuleSave,
  type TagRuleSave,
} from '../../db/tag-rule-saves';
import { listTagRules, listTagRuleVersions, readTagRules, type TagRuleVersion } from '../../db/tag-rules';
import { conflict, notFound, type DomainError } from '../../domain/errors';
import { keepsRegistries } from '../../domain/permissions/records';
import { prefixOf } from '../../domain/regions/covers';
import { markWords } from '../../domain/registry/mark-words';
import { assertSavable, isSameRule, withCleanWords } from '../../domain/registry/tag-rule-save';
import { DEFAULT_TAG_RULES } from '../../domain/registry/tag-rules';
import { wordsThatGive, type TagRule } from '../../domain/registry/tags';
import { areasOf } from '../areas-of';
import { tagRulesContract as contract } from '../contract/tag-rules';
import { implement } from '../implement';

export const tagRuleRoutes = [
  implement(contract.listTagRules, async ({ actor }, { db }) => {
    await readTagRules(db, DEFAULT_TAG_RULES);
    const [rules, kinds, last] = await Promise.all([
      listTagRules(db),
      readCountedKinds(db),
      newestTagRuleSave(db),
    ]);
    const sizes = new Map<string, number>();
    for (const { tags, size } of kinds) for (const tag of tags) sizes.set(tag, (sizes.get(tag) ?? 0) + size);
    return {
      rows: rules.map((rule) => ({ rule: versionOf(rule), entities: sizes.get(rule.tag) ?? 0 })),
      mayEdit: keepsRegistries(actor),
      lastSave: last && saveOf(last),
    };
  }),

  implement(contract.tryTagRule, async ({ body, actor }, { db }) => {
    const rules = await readTagRules(db, DEFAULT_TAG_RULES);
    const rule = ruleOf(body.tag, { ...body, label: '' });
    const before = rules.find((one) => one.tag === body.tag);
    const { samples, ...counts } = await tryTagRule(db, rule, areasOf(actor).map(prefixOf));
    const stops = [...rule.noneOf, ...rule.notWith];
    const of = (set: SampledSet) =>
      samples
        .filter((sample) => sample.set === set)
        .map(({ credit_code, name, business_scope: scope }) => {
          const by = set === 'losing' ? before : rule;
          return {
            creditCode: credit_code,
            name,
            scope: markWords(scope, by ? wordsThatGive(scope, by) : [], stops),
          };
        });
    return { ...counts, samples: { matching: of('matching'), gaining: of('gaining'), losing: of('losing') } };
  }),

  implement(
    contract.saveTagRule,
    async ({ params, body, actor, address, requestId, afterwards }, { db, campaigns }) => {
      const rule = ruleOf(params.tag, body);
      const { reason, basedOn } = body;
      const last = await newestTagRuleSave(db);
      // Sent again because the answer was lost.
      if (last && last.status !== 'failed' && isSameRule(last, rule) && last.orderedBy === actor.id) {
        if (last.reason === reason && last.basedOn === basedOn) return saveOf(last);
      }
      await readTagRules(db, DEFAULT_TAG_RULES);
      assertSavable(rule, await listTagRules(db), basedOn);
      const order = { rule, reason, basedOn, orderedBy: actor.id, address, requestId };
      const id = await insertTagRuleSave(db, order);
      if (id === null) throw await savingAnother(db);
      afterwards(() => campaigns.wakeTagRuleSaves());
      return saveOf(await saveBy(db, id));
    },
  ),

  implement(contract.readTagRuleSave, async ({ params }, { db }) => saveOf(await saveBy(db, params.id))),

  implement(contract.listTagRuleVersions, async ({ params }, { db }) => {
    await newestOf(db, params.tag);
    return { rows: (await listTagRuleVersions(db, params.tag)).map(versionOf) };
  }),
];

const ruleOf = (tag: string, rule: Omit<TagRule, 'tag'>): TagRule => withCleanWords({ tag, ...rule });

async function saveBy(db: Knex, id: number): Promise<TagRuleSave> {
  const save = await readTagRuleSave(db, id);
  if (!save) throw notFound('tag-rule-save-not-found', `没有编号为 ${id} 的保存。`);
  return save;
}

async function savingAnother(db: Knex): Promise<DomainError> {
  const open = await openTagRuleSave(db);
  const which = open
    ? `${open.by}正在保存标签规则“${open.label}”（${open.progress}%）`
    : '有人正在保存标签规则';
  return conflict('tag-rule-saving', `${which}：请等它结束，重新试算后再保存。`);
}

const saveOf = ({
  id,
  tag,
  label,
  status,
  progress,
  by,
  version,
  gained,
  lost,
  failure,
  ...rest
}: TagRuleSave) => ({
  ...{ id, tag, label, status, progress, by, at: rest.orderedAt.toISOString() },
  ...{ version, gained, lost, failure },
});

async function newestOf(db: Knex, tag: string): Promise<TagRuleVersion> {
  const rule = (await listTagRules(db)).find((one) => one.tag === tag);
  if (!rule) throw notFound('tag-rule-not-found', `没有代码为 ${tag} 的标签规则。`);
  return rule;
}

const versionOf = ({ changedBy: _changedBy, at, ...rest }: TagRuleVersion) => ({
  ...rest,
  anyOf: [...rest.anyOf],
  noneOf: [...rest.noneOf],
  notWith: [...rest.notWith],
  at: at.toISOString(),
});
