import { z } from 'zod';

/** In the order in which they are shown. */
export const SEARCH_KINDS = ['campaign', 'entity', 'inspector', 'item', 'visit', 'case'] as const;

export const searchQuery = z.object({
  q: z
    .string()
    .max(100)
    .meta({ description: 'part of a name or a code, at least two characters', example: '餐饮' }),
  limit: z.coerce.number().int().min(1).max(20).default(6).meta({ description: 'the most of each kind' }),
});

export const searchAnswer = z
  .object({
    groups: z.array(
      z.object({
        kind: z.enum(SEARCH_KINDS),
        hits: z.array(
          z.object({
            id: z.string().meta({ description: 'by which the record is read: its code or number' }),
            name: z.string(),
            notes: z.array(z.string()).meta({ description: 'codes and names that tell it from others' }),
          }),
        ),
        hasMore: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'SearchAnswer' });
