import { z } from 'zod';
import { departmentCode, pageOf } from '../schemas/common';
import {
  acceptance,
  addressee,
  answer,
  orderWithdrawal,
  returning,
  urgingOrder,
  urgingOrderBody,
  urgingOrderDetail,
  urgingOrderFilter,
  urgingOrderQuery,
} from '../schemas/urging-orders';
import { endpoint } from './endpoint';

const number = z.object({ number: z.string().max(60) });

const table = (id: string, extension: string, file: string) =>
  endpoint({
    id,
    method: 'get',
    path: `/urging-orders.${extension}`,
    tag: 'oversight',
    summary: `督办单台账（${extension.toUpperCase()}）`,
    query: urgingOrderFilter,
    answer: null,
    file,
  });

/** Urging orders: issued, answered, accepted or returned, withdrawn (plan 4.2, 4.4). */
export const urgingOrdersContract = {
  listUrgingOrders: endpoint({
    id: 'listUrgingOrders',
    method: 'get',
    path: '/urging-orders',
    tag: 'oversight',
    summary: '督办单',
    query: urgingOrderQuery,
    answer: pageOf(urgingOrder),
  }),
  downloadUrgingOrdersCsv: table('downloadUrgingOrdersCsv', 'csv', 'text/csv'),
  downloadUrgingOrdersXlsx: table(
    'downloadUrgingOrdersXlsx',
    'xlsx',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ),
  issueUrgingOrder: endpoint({
    id: 'issueUrgingOrder',
    method: 'post',
    path: '/urging-orders',
    tag: 'oversight',
    summary: '下达督办单',
    body: urgingOrderBody,
    answer: urgingOrderDetail,
    status: 201,
    once: 'transaction',
  }),
  listAddressees: endpoint({
    id: 'listAddressees',
    method: 'get',
    path: '/urging-orders/addressees',
    tag: 'oversight',
    summary: '部门中可以接收督办单的人员',
    query: z.object({ department: departmentCode }),
    answer: z.object({ rows: z.array(addressee) }),
  }),
  readUrgingOrder: endpoint({
    id: 'readUrgingOrder',
    method: 'get',
    path: '/urging-orders/{number}',
    tag: 'oversight',
    summary: '一张督办单：涉及的任务、历次答复和意见',
    params: number,
    answer: urgingOrderDetail,
  }),
  answerUrgingOrder: endpoint({
    id: 'answerUrgingOrder',
    method: 'post',
    path: '/urging-orders/{number}/answer',
    tag: 'oversight',
    summary: '答复督办单',
    params: number,
    body: answer,
    answer: urgingOrderDetail,
    once: 'transaction',
  }),
  acceptAnswer: endpoint({
    id: 'acceptAnswer',
    method: 'post',
    path: '/urging-orders/{number}/accept',
    tag: 'oversight',
    summary: '认可答复，销号',
    params: number,
    body: acceptance,
    answer: urgingOrderDetail,
    once: 'transaction',
  }),
  returnAnswer: endpoint({
    id: 'returnAnswer',
    method: 'post',
    path: '/urging-orders/{number}/return',
    tag: 'oversight',
    summary: '退回答复，另定答复期限',
    params: number,
    body: returning,
    answer: urgingOrderDetail,
    once: 'transaction',
  }),
  withdrawUrgingOrder: endpoint({
    id: 'withdrawUrgingOrder',
    method: 'post',
    path: '/urging-orders/{number}/withdraw',
    tag: 'oversight',
    summary: '撤回督办单（保留记录）',
    params: number,
    body: orderWithdrawal,
    answer: urgingOrderDetail,
    once: 'transaction',
  }),
};
