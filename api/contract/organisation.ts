import { z } from 'zod';
import { signedOut } from '../schemas/account';
import { credentials, department, me, region } from '../schemas/organisation';
import { endpoint } from './endpoint';

export const organisationContract = {
  signIn: endpoint({
    id: 'signIn',
    method: 'post',
    path: '/session',
    tag: 'session',
    summary: '登录',
    refusals: [401],
    body: credentials,
    answer: me,
  }),
  signInCode: endpoint({
    id: 'signInCode',
    method: 'post',
    path: '/session/code',
    tag: 'session',
    summary: '登录的第二步：验证器的 6 位数字，或一个恢复码',
    refusals: [401],
    body: z.object({ code: z.string().min(1, '请填写验证码').max(40) }),
    answer: me,
  }),
  whoAmI: endpoint({
    id: 'whoAmI',
    method: 'get',
    path: '/session',
    tag: 'session',
    summary: '当前用户',
    whileOwing: true,
    answer: me,
  }),
  signOut: endpoint({
    id: 'signOut',
    method: 'delete',
    path: '/session',
    tag: 'session',
    summary: '退出',
    whileOwing: true,
    answer: signedOut,
  }),
  listRegions: endpoint({
    id: 'listRegions',
    method: 'get',
    path: '/regions',
    tag: 'organisation',
    summary: '行政区划',
    answer: z.object({ rows: z.array(region) }),
  }),
  listDepartments: endpoint({
    id: 'listDepartments',
    method: 'get',
    path: '/departments',
    tag: 'organisation',
    summary: '部门',
    answer: z.object({ rows: z.array(department) }),
  }),
  listTags: endpoint({
    id: 'listTags',
    method: 'get',
    path: '/tags',
    tag: 'organisation',
    summary: '检查对象的标签（由经营范围判定）',
    answer: z.object({ rows: z.array(z.object({ tag: z.string(), label: z.string() })) }),
  }),
  listIndustries: endpoint({
    id: 'listIndustries',
    method: 'get',
    path: '/industries',
    tag: 'organisation',
    summary: '国民经济行业门类与大类（GB/T 4754）',
    answer: z.object({ rows: z.array(z.object({ code: z.string(), name: z.string() })) }),
  }),
};
