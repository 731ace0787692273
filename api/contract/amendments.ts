import { z } from 'zod';
import {
  amendment,
  amendmentDecision,
  amendmentRefusal,
  amendmentRequest,
  drawnTeamMember,
} from '../schemas/amendments';
import { stageOutcome } from '../schemas/campaigns';
import { pageOf, pageQuery } from '../schemas/common';
import { endpoint } from './endpoint';

const code = z.object({ code: z.string().max(40) });
const one = code.extend({ id: z.coerce.number().int() });

export const amendmentsContract = {
  listAmendments: endpoint({
    id: 'listAmendments',
    method: 'get',
    path: '/campaigns/{code}/amendments',
    tag: 'campaigns',
    summary: '抽取后的变更：替换检查人员、补充抽取',
    params: code,
    query: pageQuery,
    answer: pageOf(amendment),
  }),
  requestAmendment: endpoint({
    id: 'requestAmendment',
    method: 'post',
    path: '/campaigns/{code}/amendments',
    tag: 'campaigns',
    summary: '申请替换检查人员或补充抽取',
    params: code,
    body: amendmentRequest,
    answer: amendment,
    status: 201,
    once: 'transaction',
  }),
  approveAmendment: endpoint({
    id: 'approveAmendment',
    method: 'post',
    path: '/campaigns/{code}/amendments/{id}/approve',
    tag: 'campaigns',
    summary: '批准变更并立即执行',
    params: one,
    body: amendmentDecision,
    answer: stageOutcome,
    once: 'workflow',
  }),
  refuseAmendment: endpoint({
    id: 'refuseAmendment',
    method: 'post',
    path: '/campaigns/{code}/amendments/{id}/refuse',
    tag: 'campaigns',
    summary: '不批准变更（附理由）',
    params: one,
    body: amendmentRefusal,
    answer: amendment,
    once: 'transaction',
  }),
  listDrawnTeam: endpoint({
    id: 'listDrawnTeam',
    method: 'get',
    path: '/campaigns/{code}/inspectors',
    tag: 'campaigns',
    summary: '有未完成检查的检查人员',
    params: code,
    answer: z.object({ rows: z.array(drawnTeamMember) }),
  }),
  downloadRecord: endpoint({
    id: 'downloadRecord',
    method: 'get',
    path: '/public/campaigns/{code}/record.jsonl',
    tag: 'public',
    summary: '抽取后的公开记录：替换与补充抽取，逐行以哈希相连',
    params: code,
    answer: null,
    file: 'application/jsonl',
  }),
};
