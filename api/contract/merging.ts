import { z } from 'zod';
import { mergingReport } from '../schemas/merging';
import { endpoint } from './endpoint';

const code = z.object({ code: z.string().max(40) });

export const mergingContract = {
  readMergingReport: endpoint({
    id: 'readMergingReport',
    method: 'get',
    path: '/public/campaigns/{code}/merging',
    tag: 'public',
    summary: '合并上门减少了多少次',
    params: code,
    answer: mergingReport,
  }),
  downloadMergingReport: endpoint({
    id: 'downloadMergingReport',
    method: 'get',
    path: '/public/campaigns/{code}/merging.csv',
    tag: 'public',
    summary: '合并上门减少了多少次（CSV）',
    params: code,
    answer: null,
    file: 'text/csv',
  }),
};
