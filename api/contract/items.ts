import { z } from 'zod';
import { reason } from '../schemas/campaigns';
import { pageOf } from '../schemas/common';
import { item, itemCreation, itemDraft, itemQuery } from '../schemas/items';
import { endpoint } from './endpoint';

const code = z.object({ code: z.string().max(40) });
const editors = ['liaison', 'lead_officer'] as const;

export const itemsContract = {
  listItems: endpoint({
    id: 'listItems',
    method: 'get',
    path: '/items',
    tag: 'items',
    summary: '随机抽查事项清单',
    access: 'signed-in',
    query: itemQuery,
    answer: pageOf(item),
  }),
  readItem: endpoint({
    id: 'readItem',
    method: 'get',
    path: '/items/{code}',
    tag: 'items',
    summary: '一个事项（最新版本）',
    access: 'signed-in',
    params: code,
    answer: item,
  }),
  createItem: endpoint({
    id: 'createItem',
    method: 'post',
    path: '/items',
    tag: 'items',
    summary: '新建事项',
    access: editors,
    body: itemCreation,
    answer: item,
    status: 201,
    creates: true,
  }),
  editItem: endpoint({
    id: 'editItem',
    method: 'put',
    path: '/items/{code}',
    tag: 'items',
    summary: '修改草稿；已公布的事项则开始新版本',
    access: editors,
    params: code,
    body: itemDraft,
    answer: item,
  }),
  submitItem: endpoint({
    id: 'submitItem',
    method: 'post',
    path: '/items/{code}/submit',
    tag: 'items',
    summary: '提交编办审核',
    access: editors,
    params: code,
    answer: item,
  }),
  returnItem: endpoint({
    id: 'returnItem',
    method: 'post',
    path: '/items/{code}/return',
    tag: 'items',
    summary: '退回',
    access: ['list_registrar'],
    params: code,
    body: reason,
    answer: item,
  }),
  publishItem: endpoint({
    id: 'publishItem',
    method: 'post',
    path: '/items/{code}/publish',
    tag: 'items',
    summary: '公布',
    access: ['list_registrar'],
    params: code,
    answer: item,
  }),
  withdrawItem: endpoint({
    id: 'withdrawItem',
    method: 'post',
    path: '/items/{code}/withdraw',
    tag: 'items',
    summary: '撤销',
    access: ['list_registrar'],
    params: code,
    body: reason,
    answer: item,
  }),
};
