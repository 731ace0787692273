import { z } from 'zod';
import { pageOf, pageQuery } from '../schemas/common';
import { item } from '../schemas/items';
import {
  drawnVisit,
  publicCampaign,
  publicCampaignDetail,
  publicQuery,
  publishedResult,
} from '../schemas/public';
import { endpoint } from './endpoint';

const code = z.object({ code: z.string().max(40) });

export const publicContract = {
  listPublicCampaigns: endpoint({
    id: 'listPublicCampaigns',
    method: 'get',
    path: '/public/campaigns',
    tag: 'public',
    summary: '公开的联合抽查任务',
    access: 'public',
    query: pageQuery,
    answer: pageOf(publicCampaign),
  }),
  readPublicCampaign: endpoint({
    id: 'readPublicCampaign',
    method: 'get',
    path: '/public/campaigns/{code}',
    tag: 'public',
    summary: '任务、抽取仪式与承诺值',
    access: 'public',
    params: code,
    answer: publicCampaignDetail,
  }),
  downloadBundle: endpoint({
    id: 'downloadBundle',
    method: 'get',
    path: '/public/campaigns/{code}/bundle.zip',
    tag: 'public',
    summary: '可复算的抽取文件包',
    access: 'public',
    params: code,
    answer: null,
    file: 'application/zip',
  }),
  listDrawnVisits: endpoint({
    id: 'listDrawnVisits',
    method: 'get',
    path: '/public/campaigns/{code}/visits',
    tag: 'public',
    summary: '抽中的检查对象',
    access: 'public',
    params: code,
    query: publicQuery,
    answer: pageOf(drawnVisit),
  }),
  listPublishedResults: endpoint({
    id: 'listPublishedResults',
    method: 'get',
    path: '/public/campaigns/{code}/results',
    tag: 'public',
    summary: '公示的检查结果',
    access: 'public',
    params: code,
    query: publicQuery,
    answer: pageOf(publishedResult),
  }),
  downloadResults: endpoint({
    id: 'downloadResults',
    method: 'get',
    path: '/public/campaigns/{code}/results.csv',
    tag: 'public',
    summary: '公示的检查结果（CSV）',
    access: 'public',
    params: code,
    answer: null,
    file: 'text/csv',
  }),
  listPublicItems: endpoint({
    id: 'listPublicItems',
    method: 'get',
    path: '/public/items',
    tag: 'public',
    summary: '已公布的抽查事项清单',
    access: 'public',
    query: pageQuery,
    answer: pageOf(item),
  }),
};
