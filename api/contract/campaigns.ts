import { z } from 'zod';
import {
  campaign,
  campaignPlan,
  campaignQuery,
  campaignSummary,
  publicValueBody,
  reason,
  revealBody,
  sealBody,
  stageOutcome,
} from '../schemas/campaigns';
import { pageOf } from '../schemas/common';
import { endpoint } from './endpoint';

const code = z.object({ code: z.string().max(40) });

/** A command goes to the campaign's workflow as an update; the answer is the stage it led to. */
const command = <B extends z.ZodType>(id: string, path: string, summary: string, body?: B) =>
  endpoint({
    id,
    method: 'post',
    path: `/campaigns/{code}/${path}`,
    tag: 'campaigns',
    summary,
    params: code,
    ...(body ? { body } : {}),
    answer: stageOutcome,
    once: 'workflow',
  });

export const campaignsContract = {
  listCampaigns: endpoint({
    id: 'listCampaigns',
    method: 'get',
    path: '/campaigns',
    tag: 'campaigns',
    summary: '联合抽查任务',
    query: campaignQuery,
    answer: pageOf(campaignSummary),
  }),
  createCampaign: endpoint({
    id: 'createCampaign',
    method: 'post',
    path: '/campaigns',
    tag: 'campaigns',
    summary: '新建联合抽查任务',
    body: campaignPlan,
    answer: campaign,
    status: 201,
    once: 'transaction',
  }),
  readCampaign: endpoint({
    id: 'readCampaign',
    method: 'get',
    path: '/campaigns/{code}',
    tag: 'campaigns',
    summary: '一个任务',
    params: code,
    answer: campaign,
  }),
  editCampaign: endpoint({
    id: 'editCampaign',
    method: 'put',
    path: '/campaigns/{code}',
    tag: 'campaigns',
    summary: '修改草稿或被退回的方案',
    params: code,
    body: campaignPlan,
    answer: campaign,
  }),
  submitCampaign: command('submitCampaign', 'submit', '提交审核'),
  returnCampaign: command('returnCampaign', 'return', '退回（附理由）', reason),
  approveCampaign: command('approveCampaign', 'approve', '批准'),
  freezeCampaign: command('freezeCampaign', 'freeze', '冻结名录，公布承诺值'),
  sealContribution: command('sealContribution', 'seal', '部门封存随机值', sealBody),
  revealContribution: command('revealContribution', 'reveal', '部门揭示随机值', revealBody),
  recordPublicValue: command(
    'recordPublicValue',
    'public-value',
    '登记公共随机值（两人分别登记，一致才生效）',
    publicValueBody,
  ),
  drawCampaign: command('drawCampaign', 'draw', '抽取并匹配'),
  dispatchCampaign: command('dispatchCampaign', 'dispatch', '派发'),
  publishCampaign: command('publishCampaign', 'publish', '公示已完成的检查结果'),
  closeCampaign: command('closeCampaign', 'close', '办结'),
  cancelCampaign: command('cancelCampaign', 'cancel', '取消（公开理由）', reason),
};
