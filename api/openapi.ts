import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponseObject } from 'zod-openapi';
import { contract } from './contract';
import recorded from './contract/examples.json';
import type { Endpoint } from './contract/endpoint';
import { TITLES } from './middleware/problems';
import { problem } from './schemas/common';
import { OFFICIALS, POSTS } from '../domain/permissions/groups';
import { keyScopeOf } from '../domain/permissions/key-scopes';
import { PERMISSIONS, type EndpointName } from '../domain/permissions/table';
import { SCOPES } from '../domain/permissions/scopes';

interface Example {
  params?: unknown;
  query?: unknown;
  body?: unknown;
  answer?: unknown;
}

/**
 * Calls that succeeded in a test, with the first row of each list of their answers (`npm run docs:examples`); a few bodies that
 * only tests of workflows send are written by hand.
 */
const EXAMPLES: Readonly<Record<string, Example>> = recorded;

const exampleOf = (example: unknown) => (example === undefined ? {} : { example });

/** The OpenAPI 3.1 document of the whole contract. */
export function openApiDocument(version: string) {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const endpoint of Object.values(contract) as Endpoint[]) {
    (paths[`/api/v1${endpoint.path}`] ??= {})[endpoint.method] = operationOf(endpoint);
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: '一次查 OneVisit',
      version,
      description:
        '部门联合“双随机、一公开”抽查。错误以 application/problem+json 返回；列表用 cursor 翻页；新建类请求可带 Idempotency-Key。',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'onevisit_session' },
        key: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'ov_…',
          description:
            '接口密钥，由系统管理员在“接口密钥”页面新建；只能调用标明 x-key-scope 的操作，且须有该用途。',
        },
      },
    },
    paths: paths,
  });
}

function rolesIn(who: readonly string[]): string {
  if (who === OFFICIALS) return '业务人员和系统管理员';
  return who === POSTS ? '业务人员' : who.join('、');
}

function operationOf(endpoint: Endpoint): ZodOpenApiOperationObject {
  const { params, query, body, rawBody, answer, file } = endpoint;
  const { who, scope } = PERMISSIONS[endpoint.id as EndpointName];
  const keyScope = keyScopeOf(endpoint.id);
  const binary = { schema: { type: 'string', format: 'binary' } } as const;
  const example = EXAMPLES[endpoint.id] ?? {};
  const success: ZodOpenApiResponseObject = {
    description: '成功',
    ...(answer ? { content: { 'application/json': { schema: answer, ...exampleOf(example.answer) } } } : {}),
    ...(file
      ? {
          content: Object.fromEntries(
            [file].flat().map((kind) => [kind, kind === 'application/json' ? { schema: {} } : binary]),
          ),
        }
      : {}),
  };
  return {
    operationId: endpoint.id,
    tags: [endpoint.tag],
    summary: endpoint.summary,
    description: [
      ...(typeof who === 'string' ? [] : [`角色：${rolesIn(who)}`]),
      `范围：${SCOPES[scope].zh}`,
    ].join('。'),
    security: who === 'public' ? [] : [{ session: [] }, ...(keyScope === null ? [] : [{ key: [] }])],
    ...(keyScope === null ? {} : { 'x-key-scope': keyScope }),
    requestParams: { ...(params ? { path: params } : {}), ...(query ? { query } : {}) },
    ...(endpoint.once
      ? {
          parameters: [
            {
              name: 'Idempotency-Key',
              in: 'header',
              required: false,
              schema: { type: 'string', maxLength: 200 },
            },
          ],
        }
      : {}),
    ...(body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: body, ...exampleOf(example.body) } },
          },
        }
      : {}),
    ...(rawBody ? { requestBody: { required: true, content: { [rawBody]: binary } } } : {}),
    responses: { [`${endpoint.status ?? 200}`]: success, ...failuresOf(endpoint) },
  };
}

const failure = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problem } },
});

/** Every status that an endpoint may refuse with; another one is a fault of ours. */
function failuresOf(endpoint: Endpoint): Record<string, ZodOpenApiResponseObject> {
  const { method, params, query, body, rawBody, file } = endpoint;
  const { who } = PERMISSIONS[endpoint.id as EndpointName];
  const takesBody = body !== undefined || rawBody !== undefined;
  const mayRefer = takesBody || params !== undefined || query !== undefined;
  const statuses = [
    ...[400, 422, 429, 503],
    ...(who === 'public' ? [] : [401]),
    ...(who === 'public' && method === 'get' ? [] : [403]),
    ...(mayRefer ? [404] : []),
    ...(method === 'get' ? [] : [409]),
    ...(takesBody ? [408, 413, 415] : []),
    ...(rawBody === undefined ? [] : [507]),
    ...(endpoint.refusals ?? []),
  ];
  return {
    // Node's own, of headers or an address without end.
    '431': { description: '地址或请求头过长' },
    ...(file === undefined ? {} : { '304': { description: '没有变化' } }),
    ...Object.fromEntries(statuses.map((status) => [status, failure(TITLES[status] ?? '错误')])),
  };
}
