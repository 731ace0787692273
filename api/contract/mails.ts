import { z } from 'zod';
import { pageOf, pageQuery } from '../schemas/common';
import { failedMail, mailCounts, noticePreferences, noticePreferencesBody } from '../schemas/mails';
import { endpoint } from './endpoint';

/** Who looks after mails that did not arrive: whose notices they carry, and who keeps the addresses. */

export const mailsContract = {
  readMailCounts: endpoint({
    id: 'readMailCounts',
    method: 'get',
    path: '/mail-counts',
    tag: 'notices',
    summary: '发信统计',
    query: z.object({ campaign: z.string().max(40).optional() }),
    answer: mailCounts,
  }),
  readNoticePreferences: endpoint({
    id: 'readNoticePreferences',
    method: 'get',
    path: '/notice-preferences',
    tag: 'notices',
    summary: '我的通知方式',
    answer: noticePreferences,
  }),
  setNoticePreferences: endpoint({
    id: 'setNoticePreferences',
    method: 'put',
    path: '/notice-preferences',
    tag: 'notices',
    summary: '选择我的通知方式（需要办理和逾期的通知始终发邮件）',
    body: noticePreferencesBody,
    answer: noticePreferences,
  }),
  listFailedMails: endpoint({
    id: 'listFailedMails',
    method: 'get',
    path: '/failed-mails',
    tag: 'notices',
    summary: '没有送达的邮件',
    query: pageQuery,
    answer: pageOf(failedMail),
  }),
  resendMail: endpoint({
    id: 'resendMail',
    method: 'post',
    path: '/failed-mails/{id}/resend',
    tag: 'notices',
    summary: '再次发送没有送达的邮件（发往收件人现在的邮箱）',
    params: z.object({ id: z.coerce.number().int() }),
    answer: null,
    status: 204,
    once: 'transaction',
  }),
};
