import { z } from 'zod';
import { account, ownSession, passwordChange } from '../schemas/account';
import { endpoint } from './endpoint';

/** What everybody sees and does about their own account. */
export const accountContract = {
  getAccount: endpoint({
    id: 'getAccount',
    method: 'get',
    path: '/account',
    tag: 'account',
    summary: '本人的账号与密码要求',
    whileOwing: true,
    answer: account,
  }),
  changePassword: endpoint({
    id: 'changePassword',
    method: 'put',
    path: '/account/password',
    tag: 'account',
    summary: '修改本人密码；其他登录随之退出',
    whileOwing: true,
    body: passwordChange,
    answer: account,
  }),
  listOwnSessions: endpoint({
    id: 'listOwnSessions',
    method: 'get',
    path: '/account/sessions',
    tag: 'account',
    summary: '本人在各处的登录，最近使用的在前',
    whileOwing: true,
    answer: z.object({ rows: z.array(ownSession) }),
  }),
  endOwnSession: endpoint({
    id: 'endOwnSession',
    method: 'delete',
    path: '/account/sessions/{session}',
    tag: 'account',
    summary: '退出本人的一处登录',
    whileOwing: true,
    params: z.object({ session: z.uuid() }),
    answer: null,
    status: 204,
  }),
  endOtherSessions: endpoint({
    id: 'endOtherSessions',
    method: 'delete',
    path: '/account/sessions',
    tag: 'account',
    summary: '退出本人除此处外的全部登录',
    whileOwing: true,
    answer: z.object({ ended: z.int() }),
  }),
};
