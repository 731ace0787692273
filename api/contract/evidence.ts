import { z } from 'zod';
import { EVIDENCE_TYPES } from '../../domain/evidence/types';
import { evidence, evidenceQuery } from '../schemas/evidence';
import { endpoint } from './endpoint';

const visitId = z.coerce.number().int();
const place = z.object({ id: visitId, evidence: z.coerce.number().int() });

export const evidenceContract = {
  addEvidence: endpoint({
    id: 'addEvidence',
    method: 'post',
    path: '/visits/{id}/evidence',
    tag: 'visits',
    summary: '上传佐证材料（同一文件重复上传只存一份）',
    params: z.object({ id: visitId }),
    query: evidenceQuery,
    rawBody: 'application/octet-stream',
    answer: evidence,
    status: 201,
  }),
  readEvidence: endpoint({
    id: 'readEvidence',
    method: 'get',
    path: '/visits/{id}/evidence/{evidence}',
    tag: 'visits',
    summary: '一份佐证材料（每次查阅都有记录）',
    params: place,
    answer: null,
    file: Object.values(EVIDENCE_TYPES).map(({ mediaType }) => mediaType),
  }),
  removeEvidence: endpoint({
    id: 'removeEvidence',
    method: 'delete',
    path: '/visits/{id}/evidence/{evidence}',
    tag: 'visits',
    summary: '结果提交前撤回自己上传的佐证材料',
    params: place,
    answer: null,
    status: 204,
  }),
};
