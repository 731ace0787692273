import { z } from 'zod';
import {
  campaignEfforts,
  effortBody,
  effortParams,
  effortPlanBody,
  effortWithdrawal,
  yearEfforts,
  yearQuery,
} from '../schemas/efforts';
import { endpoint } from './endpoint';

const code = z.object({ code: z.string().max(40) });
const YEAR = '一年各任务、各部门的经费与工作量';

export const effortsContract = {
  readEfforts: endpoint({
    id: 'readEfforts',
    method: 'get',
    path: '/campaigns/{code}/efforts',
    tag: 'efforts',
    summary: '任务的经费与工作量：计划与实际',
    params: code,
    answer: campaignEfforts,
  }),
  planEffort: endpoint({
    id: 'planEffort',
    method: 'put',
    path: '/campaigns/{code}/efforts/{department}/plan',
    tag: 'efforts',
    summary: '填报本部门的计划人日和经费',
    params: effortParams,
    body: effortPlanBody,
    answer: campaignEfforts,
  }),
  addEffort: endpoint({
    id: 'addEffort',
    method: 'post',
    path: '/campaigns/{code}/efforts/{department}/entries',
    tag: 'efforts',
    summary: '登记本部门实际投入的人日和经费',
    params: effortParams,
    body: effortBody,
    answer: campaignEfforts,
    status: 201,
    once: 'transaction',
  }),
  withdrawEffort: endpoint({
    id: 'withdrawEffort',
    method: 'post',
    path: '/campaigns/{code}/efforts/entries/{id}/withdrawal',
    tag: 'efforts',
    summary: '撤销一笔登记（写明理由，原记录保留）',
    params: code.extend({ id: z.coerce.number().int() }),
    body: effortWithdrawal,
    answer: campaignEfforts,
  }),
  readYearEfforts: endpoint({
    id: 'readYearEfforts',
    method: 'get',
    path: '/efforts',
    tag: 'efforts',
    summary: YEAR,
    query: yearQuery,
    answer: yearEfforts,
  }),
  downloadYearEfforts: endpoint({
    id: 'downloadYearEfforts',
    method: 'get',
    path: '/efforts.csv',
    tag: 'efforts',
    summary: `${YEAR}（CSV）`,
    query: yearQuery,
    answer: null,
    file: 'text/csv',
  }),
};
