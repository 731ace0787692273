import { z } from 'zod';
import { providerAnswered, providerBegun, signInWays } from '../schemas/account';
import { endpoint } from './endpoint';

/** Signing in by the city's own identity provider (OpenID Connect). */
export const providerContract = {
  listSignInWays: endpoint({
    id: 'listSignInWays',
    method: 'get',
    path: '/session/ways',
    tag: 'account',
    summary: '除用户名和密码外还有哪些登录方式',
    answer: signInWays,
  }),
  beginProviderSignIn: endpoint({
    id: 'beginProviderSignIn',
    method: 'post',
    path: '/session/provider',
    tag: 'account',
    summary: '开始用统一身份认证登录、关联或再次确认：给出要前往的地址',
    refusals: [401],
    whileOwing: true,
    body: z.object({
      purpose: z.enum(['sign-in', 'link', 'proof']).default('sign-in').meta({
        description: 'link 为已登录的人关联统一身份；proof 为由其登录的人再次确认是本人',
      }),
      returnTo: z.string().max(2000).default('/').meta({ description: '完成后回到本系统的哪个页面' }),
    }),
    answer: providerBegun,
  }),
  answerProviderSignIn: endpoint({
    id: 'answerProviderSignIn',
    method: 'post',
    path: '/session/provider/answer',
    tag: 'account',
    summary: '交回统一身份认证的答复，由同一浏览器提交，只能用一次',
    refusals: [401],
    whileOwing: true,
    body: z.object({
      query: z.string().min(1).max(8000).meta({ description: '统一身份认证带回的查询串，如 code=…&state=…' }),
    }),
    answer: providerAnswered,
  }),
  unlinkProvider: endpoint({
    id: 'unlinkProvider',
    method: 'delete',
    path: '/account/provider',
    tag: 'account',
    summary: '解除本人与统一身份的关联',
    refusals: [404],
    whileOwing: true,
    answer: null,
    status: 204,
  }),
};
