import { z } from 'zod';
import { MEDIA_TYPES } from '../../documents/render';
import {
  checkFormQuery,
  documentKind,
  documentTemplate,
  formatQuery,
  issuedNotice,
  templateBody,
  templateList,
  templatePreview,
  templateReset,
  templateVersion,
  whoseQuery,
} from '../schemas/documents';
import { endpoint } from './endpoint';

const id = z.object({ id: z.coerce.number().int() });
const code = z.object({ code: z.string().max(40) });
const number = z.object({ number: z.string().max(40) });
const kind = z.object({ kind: documentKind });
const file = { answer: null, file: Object.values(MEDIA_TYPES) } as const;
const download = { method: 'get', tag: 'documents', query: formatQuery, ...file } as const;
const template = { tag: 'documents', params: kind } as const;

/** Documents on paper, as PDF and DOCX, and the templates that they are made by. */
export const documentsContract = {
  downloadNotice: endpoint({
    ...download,
    id: 'downloadNotice',
    path: '/visits/{id}/notice',
    summary: '行政检查通知书（PDF、DOCX），不含编码',
    params: id,
  }),
  downloadIssuedNotice: endpoint({
    id: 'downloadIssuedNotice',
    method: 'post',
    path: '/visits/{id}/notice',
    tag: 'documents',
    summary: '刚出具的行政检查通知书，含编码和二维码',
    params: id,
    body: issuedNotice,
    ...file,
  }),
  downloadCheckForms: endpoint({
    ...download,
    id: 'downloadCheckForms',
    path: '/visits/{id}/check-forms',
    summary: '一户的检查表，空白或已填写',
    params: id,
    query: checkFormQuery,
  }),
  downloadRectificationOrder: endpoint({
    ...download,
    id: 'downloadRectificationOrder',
    path: '/handling-cases/{id}/rectification-order',
    summary: '责令改正通知书',
    params: id,
  }),
  downloadCampaignReport: endpoint({
    ...download,
    id: 'downloadCampaignReport',
    path: '/campaigns/{code}/report',
    summary: '任务总结报告',
    params: code,
  }),
  downloadBulletinDocument: endpoint({
    ...download,
    id: 'downloadBulletinDocument',
    path: '/bulletins/{number}/document',
    summary: '督查通报（PDF、DOCX）',
    params: number,
  }),
  downloadPublicBulletin: endpoint({
    ...download,
    id: 'downloadPublicBulletin',
    tag: 'public',
    path: '/public/bulletins/{number}/document',
    summary: '已发布的督查通报（PDF、DOCX）',
    params: number,
  }),
  downloadCeremonyMinutes: endpoint({
    ...download,
    id: 'downloadCeremonyMinutes',
    tag: 'public',
    path: '/public/campaigns/{code}/ceremonies/{number}/minutes',
    summary: '抽取仪式记录（PDF、DOCX）',
    params: code.extend({ number: z.coerce.number().int().positive() }),
  }),
  listDocumentTemplates: endpoint({
    id: 'listDocumentTemplates',
    method: 'get',
    path: '/document-templates',
    tag: 'documents',
    summary: '文书模板：各种文书按谁的模板制作',
    query: whoseQuery,
    answer: templateList,
  }),
  readDocumentTemplate: endpoint({
    ...template,
    id: 'readDocumentTemplate',
    method: 'get',
    path: '/document-templates/{kind}',
    summary: '一种文书的模板、可用的内容和历次版本',
    query: whoseQuery,
    answer: documentTemplate,
  }),
  readTemplateVersion: endpoint({
    ...template,
    id: 'readTemplateVersion',
    method: 'get',
    path: '/document-templates/{kind}/versions/{version}',
    summary: '模板的一个版本',
    params: kind.extend({ version: z.coerce.number().int().positive() }),
    query: whoseQuery,
    answer: templateVersion,
  }),
  saveDocumentTemplate: endpoint({
    ...template,
    id: 'saveDocumentTemplate',
    method: 'put',
    path: '/document-templates/{kind}',
    summary: '换用部门（或全市）自己的模板',
    body: templateBody,
    answer: documentTemplate,
  }),
  resetDocumentTemplate: endpoint({
    ...template,
    id: 'resetDocumentTemplate',
    method: 'post',
    path: '/document-templates/{kind}/reset',
    summary: '恢复为全市（或系统）的模板',
    body: templateReset,
    answer: documentTemplate,
  }),
  previewDocument: endpoint({
    ...template,
    id: 'previewDocument',
    method: 'post',
    path: '/document-templates/{kind}/preview',
    summary: '用虚构的内容预览模板',
    body: templatePreview,
    ...file,
  }),
};
