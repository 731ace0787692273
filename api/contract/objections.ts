import { z } from 'zod';
import { objectionBody, objectionDecision } from '../schemas/objections';
import { openNotice, visitPapers } from '../schemas/visit-papers';
import { endpoint } from './endpoint';

/** The entity objects to a result; its department answers. */
export const objectionsContract = {
  objectToResult: endpoint({
    id: 'objectToResult',
    method: 'post',
    path: '/public/visit-notice/objection',
    tag: 'public',
    summary: '对检查结果提出异议',
    body: objectionBody,
    answer: openNotice,
  }),
  decideObjection: endpoint({
    id: 'decideObjection',
    method: 'post',
    path: '/objections/{id}/decision',
    tag: 'visits',
    summary: '没有参加检查和录入的部门负责人答复检查对象的异议',
    params: z.object({ id: z.coerce.number().int() }),
    body: objectionDecision,
    answer: visitPapers,
  }),
};
