import { z } from 'zod';
import { correctionDecision, correctionRequest, correctionRevision } from '../schemas/corrections';
import { visitDetail } from '../schemas/work';
import { endpoint } from './endpoint';

const id = z.object({ id: z.coerce.number().int() });

/** A result that was handed in changes by request and approval alone. */
export const correctionsContract = {
  requestCorrection: endpoint({
    id: 'requestCorrection',
    method: 'post',
    path: '/visits/{id}/corrections',
    tag: 'visits',
    summary: '申请更正已提交的检查结果',
    access: ['inspector', 'liaison'],
    params: id,
    body: correctionRequest,
    answer: visitDetail,
    status: 201,
    once: 'transaction',
  }),
  reviseCorrection: endpoint({
    id: 'reviseCorrection',
    method: 'put',
    path: '/corrections/{id}',
    tag: 'visits',
    summary: '修改被退回的更正申请，重新提交',
    access: ['inspector', 'liaison'],
    params: id,
    body: correctionRevision,
    answer: visitDetail,
    once: 'transaction',
  }),
  withdrawCorrection: endpoint({
    id: 'withdrawCorrection',
    method: 'post',
    path: '/corrections/{id}/withdrawal',
    tag: 'visits',
    summary: '撤回更正申请',
    access: ['inspector', 'liaison'],
    params: id,
    answer: visitDetail,
  }),
  decideCorrection: endpoint({
    id: 'decideCorrection',
    method: 'post',
    path: '/corrections/{id}/decision',
    tag: 'visits',
    summary: '部门负责人批准或退回检查结果的更正；申请人不能审批',
    access: ['approver'],
    params: id,
    body: correctionDecision,
    answer: visitDetail,
    once: 'transaction',
  }),
};
