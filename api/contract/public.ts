import { z } from 'zod';
import { pageOf, pageQuery } from '../schemas/common';
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
    query: pageQuery,
    answer: pageOf(publicCampaign),
  }),
  readPublicCampaign: endpoint({
    id: 'readPublicCampaign',
    method: 'get',
    path: '/public/campaigns/{code}',
    tag: 'public',
    summary: '任务、抽取仪式与承诺值',
    params: code,
    answer: publicCampaignDetail,
  }),
  downloadBundle: endpoint({
    id: 'downloadBundle',
    method: 'get',
    path: '/public/campaigns/{code}/bundle.zip',
    tag: 'public',
    summary: '可复算的抽取文件包',
    params: code,
    answer: null,
    file: 'application/zip',
  }),
  downloadFrozen: endpoint({
    id: 'downloadFrozen',
    method: 'get',
    path: '/public/campaigns/{code}/ceremonies/{number}/frozen.zip',
    tag: 'public',
    summary: '承诺值所固定的全部名录文件，冻结时即公布，仪式作废后仍保留',
    params: code.extend({ number: z.coerce.number().int().positive().max(1_000_000) }),
    answer: null,
    file: 'application/zip',
  }),
  downloadCeremonies: endpoint({
    id: 'downloadCeremonies',
    method: 'get',
    path: '/public/campaigns/{code}/ceremonies.jsonl',
    tag: 'public',
    summary: '已结束的历次抽取仪式，含作废的：编号连续，逐行以哈希相连',
    params: code,
    answer: null,
    file: 'application/jsonl',
  }),
  listDrawnVisits: endpoint({
    id: 'listDrawnVisits',
    method: 'get',
    path: '/public/campaigns/{code}/visits',
    tag: 'public',
    summary: '抽中的检查对象',
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
    params: code,
    answer: null,
    file: 'text/csv',
  }),
};
