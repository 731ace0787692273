/** Whether an answer of the API is one that its OpenAPI document tells of: each test that calls the API is a test of that. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { openApiDocument } from '../../api/openapi';

interface Documented {
  operationId: string;
  responses: Record<string, { content?: Record<string, { schema: unknown }> }>;
}

const document = JSON.parse(JSON.stringify(openApiDocument('0.0.0-test'))) as {
  paths: Record<string, Record<string, Documented>>;
};
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addFormat('binary', true);
ajv.addSchema(document, 'openapi');

const operations = new Map(
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [
      operation.operationId,
      { place: ['paths', path, method, 'responses'], operation },
    ]),
  ),
);
const compiled = new Map<string, ValidateFunction>();

/** What is wrong with an answer by the document; null where nothing is. */
export function undocumentedIn(
  operationId: string,
  answer: { status: number; contentType: string | null; body: unknown },
): string | null {
  const found = operations.get(operationId);
  if (!found) return `${operationId} is not in the document`;
  const { place, operation } = found;
  const documented = operation.responses[answer.status];
  if (!documented) return `${operationId} answers ${answer.status}, which the document does not tell of`;
  const kinds = Object.keys(documented.content ?? {});
  const kind = kinds.find((one) => bare(one) === bare(answer.contentType ?? ''));
  if (kinds.length === 0)
    return answer.body === '' ? null : `${operationId} answers a body to ${answer.status}`;
  if (kind === undefined) {
    return `${operationId} answers ${answer.contentType ?? 'nothing'} in place of ${kinds.join(' or ')}`;
  }
  if (!kind.endsWith('json')) return null;
  const pointer = [...place, `${answer.status}`, 'content', kind, 'schema'].map(escaped).join('/');
  let validate = compiled.get(pointer);
  if (!validate) compiled.set(pointer, (validate = ajv.compile({ $ref: `openapi#/${pointer}` })));
  if (validate(answer.body)) return null;
  return `${operationId} ${answer.status}: ${ajv.errorsText(validate.errors, { separator: '\n' })}`;
}

const bare = (contentType: string): string => contentType.split(';', 1)[0]?.trim() ?? '';

const escaped = (part: string): string =>
  encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
