import { z } from 'zod';
import {
  policyCommandBody,
  policyOutcome,
  policyTrial,
  ratioPolicy,
  ratioPolicyBody,
  ratioPolicyList,
} from '../schemas/ratio-policies';
import { endpoint } from './endpoint';

const version = z.object({ version: z.coerce.number().int().min(0) });

/** Ratios and yearly caps in versions (plan 3.3). */
export const ratioPoliciesContract = {
  listRatioPolicies: endpoint({
    id: 'listRatioPolicies',
    method: 'get',
    path: '/ratio-policies',
    tag: 'policies',
    summary: '比例和频次政策的各版本',
    access: 'signed-in',
    answer: ratioPolicyList,
  }),
  createRatioPolicy: endpoint({
    id: 'createRatioPolicy',
    method: 'post',
    path: '/ratio-policies',
    tag: 'policies',
    summary: '起草新版本',
    access: ['coordinator', 'admin'],
    body: ratioPolicyBody,
    answer: ratioPolicy,
    status: 201,
    once: 'transaction',
  }),
  editRatioPolicy: endpoint({
    id: 'editRatioPolicy',
    method: 'put',
    path: '/ratio-policies/{version}',
    tag: 'policies',
    summary: '修改草稿',
    access: ['coordinator', 'admin'],
    params: version,
    body: ratioPolicyBody,
    answer: ratioPolicy,
  }),
  decideRatioPolicy: endpoint({
    id: 'decideRatioPolicy',
    method: 'post',
    path: '/ratio-policies/{version}/decision',
    tag: 'policies',
    summary: '提交、退回、批准一个版本',
    access: ['coordinator', 'admin', 'approver'],
    params: version,
    body: policyCommandBody,
    answer: ratioPolicy,
    once: 'transaction',
  }),
  tryRatioPolicy: endpoint({
    id: 'tryRatioPolicy',
    method: 'post',
    path: '/ratio-policies/{version}/trial',
    tag: 'policies',
    summary: '测算一个版本（0 为预设值）：对象、预计上门、合并节省、部门和地区工作量、达到上限的对象',
    access: ['coordinator', 'admin', 'approver', 'lead_officer', 'budget_officer'],
    params: version,
    body: policyTrial,
    answer: policyOutcome,
  }),
};
