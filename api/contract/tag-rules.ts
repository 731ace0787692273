import { z } from 'zod';
import {
  tagRuleBody,
  tagRuleList,
  tagRuleSave,
  tagRuleTrial,
  tagRuleTrialBody,
  tagRuleVersions,
} from '../schemas/tag-rules';
import { endpoint } from './endpoint';

const params = z.object({ tag: z.string().max(40) });

/** The rules by which the scope of business gives entities their tags. */
export const tagRulesContract = {
  listTagRules: endpoint({
    id: 'listTagRules',
    method: 'get',
    path: '/tag-rules',
    tag: 'registries',
    summary: '标签规则及各标签的户数',
    answer: tagRuleList,
  }),
  tryTagRule: endpoint({
    id: 'tryTagRule',
    method: 'post',
    path: '/tag-rules/trial',
    tag: 'registries',
    summary: '试算一条规则：符合、增加、减少的户数和样例，不改动名录库',
    body: tagRuleTrialBody,
    answer: tagRuleTrial,
  }),
  saveTagRule: endpoint({
    id: 'saveTagRule',
    method: 'put',
    path: '/tag-rules/{tag}',
    tag: 'registries',
    summary: '保存规则的新版本，并按它更新名录库的标签：后台执行，进度和结果见答复中的编号',
    params,
    body: tagRuleBody,
    answer: tagRuleSave,
    status: 202,
  }),
  readTagRuleSave: endpoint({
    id: 'readTagRuleSave',
    method: 'get',
    path: '/tag-rule-saves/{id}',
    tag: 'registries',
    summary: '一次保存的进度和结果',
    params: z.object({ id: z.coerce.number().int() }),
    answer: tagRuleSave,
  }),
  listTagRuleVersions: endpoint({
    id: 'listTagRuleVersions',
    method: 'get',
    path: '/tag-rules/{tag}/versions',
    tag: 'registries',
    summary: '一条规则的各版本，最新的在前',
    params,
    answer: tagRuleVersions,
  }),
};
