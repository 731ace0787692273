import { z } from 'zod';
import {
  correctionDecision,
  correctionRequest,
  correctionRevision,
  publicationChange,
  publicationRevision,
} from '../schemas/corrections';
import { visitDetail } from '../schemas/work';
import { endpoint } from './endpoint';

const id = z.object({ id: z.coerce.number().int() });

/** What was handed in and what was published changes by request and approval alone. */
export const correctionsContract = {
  requestCorrection: endpoint({
    id: 'requestCorrection',
    method: 'post',
    path: '/visits/{id}/corrections',
    tag: 'visits',
    summary: '申请更正已提交的检查结果',
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
    params: id,
    body: correctionRevision,
    answer: visitDetail,
    once: 'transaction',
  }),
  requestPublicationChange: endpoint({
    id: 'requestPublicationChange',
    method: 'post',
    path: '/visits/{id}/publication-changes',
    tag: 'visits',
    summary: '申请更正或撤回已公示的结果，每个事项一项申请',
    params: id,
    body: publicationChange,
    answer: visitDetail,
    status: 201,
    once: 'transaction',
  }),
  revisePublicationChange: endpoint({
    id: 'revisePublicationChange',
    method: 'put',
    path: '/corrections/{id}/publication',
    tag: 'visits',
    summary: '修改被退回的公示更正、撤回申请，重新提交',
    params: id,
    body: publicationRevision,
    answer: visitDetail,
    once: 'transaction',
  }),
  withdrawCorrection: endpoint({
    id: 'withdrawCorrection',
    method: 'post',
    path: '/corrections/{id}/withdrawal',
    tag: 'visits',
    summary: '撤回更正申请',
    params: id,
    answer: visitDetail,
  }),
  decideCorrection: endpoint({
    id: 'decideCorrection',
    method: 'post',
    path: '/corrections/{id}/decision',
    tag: 'visits',
    summary: '部门负责人批准或退回更正、撤回的申请；申请人不能审批',
    params: id,
    body: correctionDecision,
    answer: visitDetail,
    once: 'transaction',
  }),
};
