import { z } from 'zod';
import {
  planDraft,
  planDraftBody,
  planDrafts,
  planDraftSaving,
  planPreview,
  planPreviewBody,
} from '../schemas/plan-drafts';
import { endpoint } from './endpoint';

const id = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });

export const planDraftsContract = {
  previewPlan: endpoint({
    id: 'previewPlan',
    method: 'post',
    path: '/plan-previews',
    tag: 'campaigns',
    summary: '方案预计的户数（不是抽取，也不保存）',
    body: planPreviewBody,
    answer: planPreview,
  }),
  listPlanDrafts: endpoint({
    id: 'listPlanDrafts',
    method: 'get',
    path: '/plan-drafts',
    tag: 'campaigns',
    summary: '本人没有写完的方案',
    answer: planDrafts,
  }),
  createPlanDraft: endpoint({
    id: 'createPlanDraft',
    method: 'post',
    path: '/plan-drafts',
    tag: 'campaigns',
    summary: '保存没有写完的方案',
    body: planDraftBody,
    answer: planDraft,
    status: 201,
    once: 'transaction',
    refusals: [409],
  }),
  readPlanDraft: endpoint({
    id: 'readPlanDraft',
    method: 'get',
    path: '/plan-drafts/{id}',
    tag: 'campaigns',
    summary: '一份没有写完的方案',
    params: id,
    answer: planDraft,
  }),
  savePlanDraft: endpoint({
    id: 'savePlanDraft',
    method: 'put',
    path: '/plan-drafts/{id}',
    tag: 'campaigns',
    summary: '再次保存没有写完的方案',
    params: id,
    body: planDraftSaving,
    answer: planDraft,
    refusals: [409],
  }),
  dropPlanDraft: endpoint({
    id: 'dropPlanDraft',
    method: 'delete',
    path: '/plan-drafts/{id}',
    tag: 'campaigns',
    summary: '删除没有写完的方案',
    params: id,
    answer: null,
    status: 204,
  }),
};
