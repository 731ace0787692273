import { z } from 'zod';
import {
  auditCheckpoint,
  auditEntry,
  auditFilter,
  auditKey,
  auditState,
  consistencyProof,
  inclusionProof,
} from '../schemas/audit';
import { pageOf, pageQuery } from '../schemas/common';
import { endpoint } from './endpoint';

const size = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/** Who did what, and the proof that it was not changed since. */
export const auditContract = {
  listAuditEntries: endpoint({
    id: 'listAuditEntries',
    method: 'get',
    path: '/audit/entries',
    tag: 'audit',
    summary: '审计日志，最新的在前（每次查阅都有记录）',
    query: auditFilter.extend(pageQuery.shape),
    answer: pageOf(auditEntry),
  }),
  downloadAuditCsv: endpoint({
    id: 'downloadAuditCsv',
    method: 'get',
    path: '/audit/entries.csv',
    tag: 'audit',
    summary: '导出审计日志（CSV）',
    query: auditFilter,
    answer: null,
    file: 'text/csv; charset=utf-8',
  }),
  downloadAuditLines: endpoint({
    id: 'downloadAuditLines',
    method: 'get',
    path: '/audit/entries.jsonl',
    tag: 'audit',
    summary: '导出审计日志（每行一条 JSON，含链上位置与哈希）',
    query: auditFilter,
    answer: null,
    file: 'application/jsonl',
  }),
  readAuditState: endpoint({
    id: 'readAuditState',
    method: 'get',
    path: '/audit/state',
    tag: 'audit',
    summary: '审计日志的完整性：条数、待入链、最近检查点、最近一次全面核对',
    answer: auditState,
  }),
  listAuditCheckpoints: endpoint({
    id: 'listAuditCheckpoints',
    method: 'get',
    path: '/public/audit/checkpoints',
    tag: 'public',
    summary: '审计日志的检查点（已签名），最新的在前',
    query: pageQuery,
    answer: pageOf(auditCheckpoint),
  }),
  listAuditKeys: endpoint({
    id: 'listAuditKeys',
    method: 'get',
    path: '/public/audit/keys',
    tag: 'public',
    summary: '签署检查点的公钥，含已更换的',
    answer: z.object({ rows: z.array(auditKey) }),
  }),
  proveAuditEntry: endpoint({
    id: 'proveAuditEntry',
    method: 'get',
    path: '/public/audit/places/{place}/proof',
    tag: 'public',
    summary: '证明链上某一位在某个检查点之内（不含内容）',
    params: z.object({ place: size }),
    query: z.object({ size }),
    answer: inclusionProof,
  }),
  proveAuditGrowth: endpoint({
    id: 'proveAuditGrowth',
    method: 'get',
    path: '/public/audit/growth',
    tag: 'public',
    summary: '证明后一个检查点是前一个的延续',
    query: z.object({ first: size, second: size }),
    answer: consistencyProof,
  }),
};
