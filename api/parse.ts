import type { z } from 'zod';
import { invalid } from '../domain/errors';

/** A part of a request by its schema; throws with every field that is wrong. */
export function parse(
  schema: z.ZodType | undefined,
  value: unknown,
  where: 'path' | 'query' | 'body',
): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path, message }) => ({
    field: where === 'body' ? path.join('.') || 'body' : [where, ...path].join('.'),
    message,
  }));
  throw invalid(
    'invalid-request',
    `内容有误：${fields.map((one) => `${one.field}：${one.message}`).join('；')}`,
    fields,
  );
}
