import { z } from 'zod';
import { METHODS } from '../../domain/visits/methods';
import { day, instant } from './common';

const unfinished = z.union([
  z.string().max(60_000),
  z.number(),
  z.boolean(),
  z.object({ value: z.number().nullish(), instrument: z.string().max(100).optional() }),
]);

export const draftContent = z.object({
  visitOn: day.nullable(),
  resultCode: z.int().min(1).max(8).nullable(),
  opinion: z.string().max(1000),
  method: z.enum(METHODS).nullable().default(null),
  answers: z
    .record(z.string().max(100), unfinished)
    .meta({ description: 'by key of the question; may be unfinished' }),
});

export const draftSaving = z
  .object({
    revision: z.int().min(0).meta({ description: 'that was seen before; 0: none' }),
    content: draftContent,
  })
  .meta({ id: 'DraftSaving' });

export const resultDraft = z
  .object({
    item: z.string(),
    revision: z.int(),
    content: draftContent,
    savedBy: z.string(),
    savedAt: instant,
  })
  .meta({ id: 'ResultDraft' });
