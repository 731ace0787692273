import { z } from 'zod';
import { FIELDS, SIGHTS, type Field } from '../../domain/privacy/fields';

/** Beside a personal field. */
export const sight = z.enum(SIGHTS).meta({
  description:
    'clear: as it is; on-request: masked, POST /personal-data/reveal gives it clear and is put on record; masked: masked',
  example: 'on-request',
});

const RECORDS = ['inspector', 'entity', 'mail', 'objection'] as const;

export const revealBody = z
  .object({
    record: z.enum(RECORDS),
    id: z
      .string()
      .min(1)
      .max(40)
      .meta({ description: 'an inspector’s code, an entity’s credit code, a number', example: 'SCJG-0001' }),
    fields: z
      .array(z.enum(Object.keys(FIELDS) as [Field, ...Field[]]))
      .min(1)
      .max(5),
    reason: z.string().trim().max(200).default(''),
  })
  .meta({ id: 'RevealBody' });

export const revealed = z
  .object({ values: z.partialRecord(z.enum(Object.keys(FIELDS) as [Field, ...Field[]]), z.string()) })
  .meta({ id: 'Revealed' });
