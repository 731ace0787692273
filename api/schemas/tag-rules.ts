import { z } from 'zod';
import { creditCode, instant } from './common';

const words = z
  .array(z.string().trim().min(1, '请删去空的词').max(40, '一个词最多 40 个字'))
  .max(200, '最多 200 个词');

const ruleWords = {
  anyOf: words.min(1, '至少填写一个词').meta({ description: 'one of these in the scope gives the tag' }),
  noneOf: words.meta({ description: 'these, which contain a word of anyOf, do not count as that word' }),
  notWith: words.meta({ description: 'where one of these stands too, there is no tag' }),
  active: z.boolean().default(true).meta({ description: 'false: switched off, it gives no tag' }),
};

export const tagRuleTrialBody = z.object({
  tag: z.string().max(40).meta({ description: 'whose entities it is compared with; empty: of no tag yet' }),
  ...ruleWords,
});

export const tagRuleBody = z
  .object({
    label: z.string().trim().min(1, '请填写名称').max(20, '名称最多 20 个字'),
    ...ruleWords,
    reason: z.string().trim().min(1, '请写明理由').max(500),
    basedOn: z.int().nullable().meta({ description: 'the version that was changed; null: the tag is new' }),
  })
  .meta({ id: 'TagRuleBody' });

export const tagRuleVersion = z
  .object({
    tag: z.string(),
    label: z.string(),
    anyOf: z.array(z.string()),
    noneOf: z.array(z.string()),
    notWith: z.array(z.string()),
    active: z.boolean(),
    version: z.int(),
    by: z.string().nullable().meta({ description: 'null: what the installation started with' }),
    at: instant,
    reason: z.string(),
    gained: z.int().meta({ description: 'entities that it gave the tag' }),
    lost: z.int(),
  })
  .meta({ id: 'TagRuleVersion' });

export const tagRuleSave = z
  .object({
    id: z.int(),
    tag: z.string(),
    label: z.string(),
    status: z.enum(['waiting', 'running', 'done', 'failed']),
    progress: z.int().meta({ description: 'in a hundred' }),
    by: z.string(),
    at: instant,
    version: z.int().nullable().meta({ description: 'null, as the numbers, until it is done' }),
    gained: z.int().nullable(),
    lost: z.int().nullable(),
    failure: z.string().nullable().meta({ description: 'why neither rule nor registry has changed' }),
  })
  .meta({ id: 'TagRuleSave' });

export const tagRuleList = z.object({
  rows: z.array(
    z.object({ rule: tagRuleVersion, entities: z.int().meta({ description: 'in operation, with the tag' }) }),
  ),
  mayEdit: z.boolean(),
  lastSave: tagRuleSave.nullable(),
});

export const tagRuleVersions = z.object({ rows: z.array(tagRuleVersion) });

const samples = z.array(
  z.object({
    creditCode,
    name: z.string(),
    scope: z.array(z.object({ text: z.string(), mark: z.enum(['gives', 'stops']).nullable() })),
  }),
);

export const tagRuleTrial = z
  .object({
    matching: z.int(),
    gaining: z.int(),
    losing: z.int(),
    declared: z
      .int()
      .meta({ description: 'keep the tag though the rule does not give it: a file declared it' }),
    estimatedFrom: z
      .int()
      .nullable()
      .meta({ description: 'of how many entities the numbers were estimated; null: they are exact' }),
    samples: z.object({ matching: samples, gaining: samples, losing: samples }),
  })
  .meta({ id: 'TagRuleTrial' });
