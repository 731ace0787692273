import { z } from 'zod';

export const instant = z.iso.datetime({ offset: true }).meta({ description: 'RFC 3339 instant' });
export const day = z.iso
  .date()
  .refine((text) => text >= '1900' && text < '3000', '年份应为 1900 至 2999')
  .meta({ description: 'YYYY-MM-DD, Asia/Shanghai' });
export const regionCode = z
  .string()
  .regex(/^\d{6}$/, '行政区划代码为 6 位数字（GB/T 2260）')
  .meta({ example: '691101' });
export const departmentCode = z
  .string()
  .regex(/^[A-Z][A-Z0-9-]{0,15}$/, '部门代码为大写字母和数字')
  .meta({ example: 'SCJG' });
export const creditCode = z.string().length(18, '统一社会信用代码为 18 位');
export const ppm = z.int().min(0).max(1_000_000).meta({ description: 'parts per million: 30000 is 3 %' });

/** Lists are paged by an opaque cursor: the id behind the last row. */
export const pageQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const pageOf = <T extends z.ZodType>(row: T) =>
  z.object({ rows: z.array(row), nextCursor: z.string().nullable() });

export const problem = z
  .object({
    type: z.string().meta({ description: 'stable, for programs', example: 'campaign-stage' }),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: 'for people, in Chinese' }),
    fields: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
    requestId: z.string().optional(),
  })
  .meta({ id: 'Problem' });

export const ref = z.object({ code: z.string(), name: z.string() });
