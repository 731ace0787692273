/** Lists as files: each with the filters of its list, whole and in the same order. */
import { campaignQuery } from '../schemas/campaigns';
import { creditRecordQuery } from '../schemas/handling';
import { itemQuery } from '../schemas/items';
import { importListQuery } from '../schemas/registries';
import { userFilter } from '../schemas/users';
import { visitQuery } from '../schemas/work';
import { endpoint } from './endpoint';

const file = { method: 'get', answer: null, file: 'text/csv' } as const;
const wholeList = { cursor: true, limit: true } as const;

export const listFilesContract = {
  downloadCampaigns: endpoint({
    ...file,
    id: 'downloadCampaigns',
    path: '/campaigns.csv',
    tag: 'campaigns',
    summary: '联合抽查任务（CSV）',
    query: campaignQuery.omit(wholeList),
  }),
  downloadVisits: endpoint({
    ...file,
    id: 'downloadVisits',
    path: '/visits.csv',
    tag: 'visits',
    summary: '检查任务（CSV，一户一个事项一行）',
    query: visitQuery.omit(wholeList),
  }),
  downloadItems: endpoint({
    ...file,
    id: 'downloadItems',
    path: '/items.csv',
    tag: 'items',
    summary: '随机抽查事项清单（CSV）',
    query: itemQuery.omit(wholeList),
  }),
  downloadImports: endpoint({
    ...file,
    id: 'downloadImports',
    path: '/imports.csv',
    tag: 'imports',
    summary: '导入记录（CSV）',
    query: importListQuery.omit(wholeList),
  }),
  downloadUsers: endpoint({
    ...file,
    id: 'downloadUsers',
    path: '/users.csv',
    tag: 'users',
    summary: '用户与其角色（CSV，一个角色一行）',
    query: userFilter,
  }),
  downloadCreditRecords: endpoint({
    ...file,
    id: 'downloadCreditRecords',
    path: '/credit-records.csv',
    tag: 'handling',
    summary: '信用记录（CSV）',
    query: creditRecordQuery.omit(wholeList),
  }),
};
