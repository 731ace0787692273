import { z } from 'zod';
import { pageOf, pageQuery } from '../schemas/common';
import { failedMail, mailCounts } from '../schemas/mails';
import { endpoint } from './endpoint';

/** Who looks after mails that did not arrive: whose notices they carry, and who keeps the addresses. */
const keepers = ['supervisor', 'admin'] as const;

export const mailsContract = {
  readMailCounts: endpoint({
    id: 'readMailCounts',
    method: 'get',
    path: '/mail-counts',
    tag: 'notices',
    summary: '发信统计',
    access: ['supervisor', 'coordinator', 'lead_officer', 'admin'],
    query: z.object({ campaign: z.string().max(40).optional() }),
    answer: mailCounts,
  }),
  listFailedMails: endpoint({
    id: 'listFailedMails',
    method: 'get',
    path: '/failed-mails',
    tag: 'notices',
    summary: '没有送达的邮件',
    access: keepers,
    query: pageQuery,
    answer: pageOf(failedMail),
  }),
  resendMail: endpoint({
    id: 'resendMail',
    method: 'post',
    path: '/failed-mails/{id}/resend',
    tag: 'notices',
    summary: '再次发送没有送达的邮件（发往收件人现在的邮箱）',
    access: keepers,
    params: z.object({ id: z.coerce.number().int() }),
    answer: null,
    status: 204,
    once: 'transaction',
  }),
};
