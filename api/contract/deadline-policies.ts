import { z } from 'zod';
import { pageOf } from '../schemas/common';
import {
  deadlinePolicyBody,
  deadlinePolicyList,
  deadlinePolicyVersion,
  previewExportQuery,
  previewQuery,
  previewRow,
} from '../schemas/deadline-policies';
import { policyDecision } from '../schemas/policy-versions';
import { endpoint } from './endpoint';

const version = z.object({ version: z.coerce.number().int().min(1) });

/** Durations, reminders and escalation in versions, and whom they would tell what (plan 4.4). */
export const deadlinePoliciesContract = {
  listDeadlinePolicies: endpoint({
    id: 'listDeadlinePolicies',
    method: 'get',
    path: '/deadline-policies',
    tag: 'policies',
    summary: '时限和提醒规定的各版本',
    answer: deadlinePolicyList,
  }),
  createDeadlinePolicy: endpoint({
    id: 'createDeadlinePolicy',
    method: 'post',
    path: '/deadline-policies',
    tag: 'policies',
    summary: '起草时限和提醒规定的新版本',
    body: deadlinePolicyBody,
    answer: deadlinePolicyVersion,
    status: 201,
    once: 'transaction',
  }),
  editDeadlinePolicy: endpoint({
    id: 'editDeadlinePolicy',
    method: 'put',
    path: '/deadline-policies/{version}',
    tag: 'policies',
    summary: '修改时限和提醒规定的草稿',
    params: version,
    body: deadlinePolicyBody,
    answer: deadlinePolicyVersion,
  }),
  decideDeadlinePolicy: endpoint({
    id: 'decideDeadlinePolicy',
    method: 'post',
    path: '/deadline-policies/{version}/decision',
    tag: 'policies',
    summary: '提交、退回、批准时限和提醒规定',
    params: version,
    body: policyDecision,
    answer: deadlinePolicyVersion,
    once: 'transaction',
  }),
  previewReminders: endpoint({
    id: 'previewReminders',
    method: 'get',
    path: '/reminder-preview',
    tag: 'policies',
    summary: '今后 30 天谁会收到什么提醒：由今天的未办任务推算',
    query: previewQuery,
    answer: pageOf(previewRow),
  }),
  downloadReminderPreview: endpoint({
    id: 'downloadReminderPreview',
    method: 'get',
    path: '/reminder-preview.csv',
    tag: 'policies',
    summary: '今后 30 天的提醒（CSV）',
    query: previewExportQuery,
    answer: null,
    file: 'text/csv',
  }),
};
