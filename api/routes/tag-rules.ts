import type { Knex } from 'knex';
import { appendAudit } from '../../db/audit';
import { readCountedKinds } from '../../db/counted-kinds';
import { lockKind } from '../../db/imports';
import { settleEntities } from '../../db/registry-merge';
import { applyTagRule, tryTagRule, type SampledSet } from '../../db/tag-rule-effect';
import {
  insertTagRuleVersion,
  listTagRules,
  listTagRuleVersions,
  readTagRules,
  type TagRuleVersion,
} from '../../db/tag-rules';
import { conflict, invalid, notFound } from '../../domain/errors';
import { prefixOf } from '../../domain/regions/covers';
import { markWords } from '../../domain/registry/mark-words';
import { cleanWords, tagRuleProblems } from '../../domain/registry/tag-rule-problems';
import { DEFAULT_TAG_RULES } from '../../domain/registry/tag-rules';
import { wordsThatGive, type TagRule } from '../../domain/registry/tags';
import { hasRole } from '../../domain/roles';
import { areasOf } from '../areas-of';
import { tagRulesContract as contract } from '../contract/tag-rules';
import { implement } from '../implement';

export const tagRuleRoutes = [
  implement(contract.listTagRules, async ({ actor }, { db }) => {
    await readTagRules(db, DEFAULT_TAG_RULES);
    const [rules, kinds] = await Promise.all([listTagRules(db), readCountedKinds(db)]);
    const sizes = new Map<string, number>();
    for (const { tags, size } of kinds) for (const tag of tags) sizes.set(tag, (sizes.get(tag) ?? 0) + size);
    return {
      rows: rules.map((rule) => ({ rule: versionOf(rule), entities: sizes.get(rule.tag) ?? 0 })),
      mayEdit: hasRole(actor, 'coordinator', 'admin'),
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

  implement(contract.saveTagRule, async ({ params, body, actor, address, requestId }, { db }) => {
    await readTagRules(db, DEFAULT_TAG_RULES);
    const rule = ruleOf(params.tag, body);
    const touched = await db.transaction(async (trx) => {
      // Rules are read by imports as they begin: neither may pass the other.
      if (!(await lockKind(trx, 'entities')))
        throw conflict('import-running', '正在导入检查对象，或有人正在保存标签规则：请等它结束后再保存。');
      const rules = await listTagRules(trx);
      const before = rules.find((one) => one.tag === rule.tag);
      // Sent again because the answer was lost.
      if (before && isSame(before, rule) && before.changedBy === actor.id && before.reason === body.reason)
        return 0;
      assertCurrent(before, body.basedOn);
      assertSound(rule, rules, before);
      const version = await insertTagRuleVersion(trx, rule, { changedBy: actor.id, reason: body.reason });
      const { gained, lost } = await applyTagRule(trx, rule, version);
      await appendAudit(trx, {
        ...{
          actorId: actor.id,
          action: 'tag-rule.save',
          subject: `tag-rule/${rule.tag}`,
          address,
          requestId,
        },
        ...(before ? { before: { ...ruleOf(rule.tag, before), version: before.version } } : {}),
        after: { ...rule, version, reason: body.reason, gained, lost },
      });
      return gained + lost;
    });
    if (touched > 0) await settleEntities(db, touched);
    return versionOf(await newestOf(db, rule.tag));
  }),

  implement(contract.listTagRuleVersions, async ({ params }, { db }) => {
    await newestOf(db, params.tag);
    return { rows: (await listTagRuleVersions(db, params.tag)).map(versionOf) };
  }),
];

const ruleOf = (tag: string, { label, anyOf, noneOf, notWith, active }: Omit<TagRule, 'tag'>): TagRule => ({
  ...{ tag, label, active },
  ...{ anyOf: cleanWords(anyOf), noneOf: cleanWords(noneOf), notWith: cleanWords(notWith) },
});

const isSame = (one: TagRule, other: TagRule): boolean =>
  JSON.stringify(ruleOf(one.tag, one)) === JSON.stringify(ruleOf(other.tag, other));

function assertCurrent(before: TagRuleVersion | undefined, basedOn: number | null): void {
  if (before && basedOn === null)
    throw conflict('tag-taken', `标签代码 ${before.tag} 已有规则“${before.label}”：请修改它，或换一个代码。`);
  if ((before?.version ?? null) !== basedOn)
    throw conflict('tag-rule-changed', '这条规则刚被别人修改过：请重新打开，看过新的内容再修改。');
}

function assertSound(rule: TagRule, rules: readonly TagRule[], before: TagRule | undefined): void {
  if (!before && !/^[a-z][a-z0-9-]{1,39}$/.test(rule.tag))
    throw invalid('tag-code', '标签代码由小写英文字母开头，只用小写字母、数字和短横线，2 到 40 个字符。', [
      { field: 'tag', message: '如 catering、food-sales' },
    ]);
  if (before && isSame(before, rule))
    throw invalid('tag-rule-same', '规则与现在的完全相同，没有需要保存的内容。');
  const others = rules.filter((one) => one.tag !== rule.tag);
  const problems = tagRuleProblems(rule, others);
  if (problems.length > 0)
    throw invalid('tag-rule-words', problems.map((problem) => problem.message).join(''), problems);
}

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
