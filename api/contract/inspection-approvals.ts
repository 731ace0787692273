import { z } from 'zod';
import {
  inspectionAnswer,
  inspectionDecision,
  inspectionPage,
  inspectionQuery,
  inspectionsDecided,
} from '../schemas/inspection-approvals';
import { visitDetail } from '../schemas/work';
import { endpoint } from './endpoint';

const code = z.object({ code: z.string().max(40) });

/** Approval of each inspection before it starts. */
export const inspectionApprovalsContract = {
  listInspections: endpoint({
    id: 'listInspections',
    method: 'get',
    path: '/campaigns/{code}/inspections',
    tag: 'visits',
    summary: '行政检查审批：各部门对各户的检查',
    params: code,
    query: inspectionQuery,
    answer: inspectionPage,
  }),
  decideInspections: endpoint({
    id: 'decideInspections',
    method: 'post',
    path: '/campaigns/{code}/inspections/decision',
    tag: 'visits',
    summary: '部门负责人批准或退回本部门的检查，可以一次批准全部',
    params: code,
    body: inspectionDecision,
    answer: inspectionsDecided,
    once: 'transaction',
  }),
  answerInspectionReturn: endpoint({
    id: 'answerInspectionReturn',
    method: 'post',
    path: '/visits/{id}/inspection-answer',
    tag: 'visits',
    summary: '被退回的检查处理后重新报批',
    params: z.object({ id: z.coerce.number().int() }),
    body: inspectionAnswer,
    answer: visitDetail,
  }),
};
