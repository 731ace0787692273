import { z } from 'zod';
import { ceremonyLine, ceremonyRecord, witness, witnessBody } from '../schemas/ceremony';
import { endpoint } from './endpoint';

const code = z.object({ code: z.string().max(40) });

export const ceremonyContract = {
  listCeremonies: endpoint({
    id: 'listCeremonies',
    method: 'get',
    path: '/public/ceremonies',
    tag: 'public',
    summary: '将要举行、正在举行和最近举行的抽取仪式',
    answer: z.object({ rows: z.array(ceremonyLine) }),
  }),
  watchCeremony: endpoint({
    id: 'watchCeremony',
    method: 'get',
    path: '/public/campaigns/{code}/ceremony',
    tag: 'public',
    summary: '抽取仪式现场（最近一次；可每两秒查询，未变化时返回 304）',
    params: code,
    answer: ceremonyRecord,
  }),
  readCeremony: endpoint({
    id: 'readCeremony',
    method: 'get',
    path: '/public/campaigns/{code}/ceremonies/{number}',
    tag: 'public',
    summary: '一次抽取仪式的全部记录',
    params: code.extend({ number: z.coerce.number().int().min(1).max(10_000) }),
    answer: ceremonyRecord,
  }),
  recordWitness: endpoint({
    id: 'recordWitness',
    method: 'post',
    path: '/campaigns/{code}/witnesses',
    tag: 'campaigns',
    summary: '登记见证人（抽取之前）',
    params: code,
    body: witnessBody,
    answer: witness,
    status: 201,
    once: 'transaction',
  }),
  removeWitness: endpoint({
    id: 'removeWitness',
    method: 'delete',
    path: '/campaigns/{code}/witnesses/{id}',
    tag: 'campaigns',
    summary: '撤回误登的见证人（抽取之前）',
    params: code.extend({ id: z.coerce.number().int() }),
    answer: null,
    status: 204,
  }),
};
