import { z } from 'zod';
import { apiKey, apiKeyBody, apiKeyRotation, apiKeys, newApiKey } from '../schemas/api-keys';
import { endpoint } from './endpoint';

const one = z.object({ id: z.uuid() });

/**
 * Keys by which other systems call, each for a service user. No `Idempotency-Key` here: the answer would be kept under it, and
 * the key of the machine with it.
 */
export const apiKeysContract = {
  listApiKeys: endpoint({
    id: 'listApiKeys',
    method: 'get',
    path: '/api-keys',
    tag: 'api-keys',
    summary: '接口密钥、可用的服务账号和用途',
    answer: apiKeys,
  }),
  createApiKey: endpoint({
    id: 'createApiKey',
    method: 'post',
    path: '/api-keys',
    tag: 'api-keys',
    summary: '为服务账号新建密钥；密钥只显示这一次',
    body: apiKeyBody,
    answer: newApiKey,
    status: 201,
  }),
  rotateApiKey: endpoint({
    id: 'rotateApiKey',
    method: 'post',
    path: '/api-keys/{id}/rotation',
    tag: 'api-keys',
    summary: '更换密钥：新密钥只显示这一次，原密钥在过渡期内仍可用',
    params: one,
    body: apiKeyRotation,
    answer: newApiKey,
    status: 201,
  }),
  revokeApiKey: endpoint({
    id: 'revokeApiKey',
    method: 'delete',
    path: '/api-keys/{id}',
    tag: 'api-keys',
    summary: '停用密钥，立即生效',
    params: one,
    answer: apiKey,
  }),
};
