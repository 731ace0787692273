import { z } from 'zod';
import { pageOf, pageQuery } from '../schemas/common';
import {
  delivery,
  deliveryOpenRow,
  deliveryPreview,
  deliveryPreviewBody,
  deliveryTarget,
  deliveryTargetBody,
  deliveryTargets,
} from '../schemas/deliveries';
import { endpoint } from './endpoint';

/** Who answers for what other systems are told. */

const target = z.object({ code: z.string().max(40) });
const one = z.object({ id: z.coerce.number().int() });

/** Published results on their way to other systems (plan 3.6). */
export const deliveriesContract = {
  listDeliveryTargets: endpoint({
    id: 'listDeliveryTargets',
    method: 'get',
    path: '/delivery-targets',
    tag: 'deliveries',
    summary: '公示结果送往的系统及版式',
    answer: deliveryTargets,
  }),
  previewDelivery: endpoint({
    id: 'previewDelivery',
    method: 'post',
    path: '/delivery-targets/preview',
    tag: 'deliveries',
    summary: '按版式预览最近公示的结果，并指出版式的问题',
    body: deliveryPreviewBody,
    answer: deliveryPreview,
  }),
  saveDeliveryTarget: endpoint({
    id: 'saveDeliveryTarget',
    method: 'put',
    path: '/delivery-targets/{code}',
    tag: 'deliveries',
    summary: '新增或修改送往的系统；修改只影响之后的批次',
    params: target,
    body: deliveryTargetBody,
    answer: deliveryTarget,
  }),
  listDeliveries: endpoint({
    id: 'listDeliveries',
    method: 'get',
    path: '/delivery-targets/{code}/deliveries',
    tag: 'deliveries',
    summary: '送往一个系统的各批次及接收情况，最新的在前',
    params: target,
    query: pageQuery,
    answer: pageOf(delivery),
  }),
  listDeliveryRows: endpoint({
    id: 'listDeliveryRows',
    method: 'get',
    path: '/deliveries/{id}/rows',
    tag: 'deliveries',
    summary: '一个批次中对方拒收的行及原因，或没有回执的行',
    params: one,
    query: pageQuery.extend({ outcome: z.enum(['refused', 'unanswered']) }),
    answer: pageOf(deliveryOpenRow),
  }),
  readDeliveryFile: endpoint({
    id: 'readDeliveryFile',
    method: 'get',
    path: '/deliveries/{id}/file',
    tag: 'deliveries',
    summary: '一个批次的文件，与送出的逐字节相同',
    params: one,
    answer: null,
    file: 'application/octet-stream',
  }),
  resendDelivery: endpoint({
    id: 'resendDelivery',
    method: 'post',
    path: '/deliveries/{id}/resend',
    tag: 'deliveries',
    summary: '再次发送没有送达或被拒收的批次',
    params: one,
    answer: null,
    status: 204,
    once: 'transaction',
  }),
};
