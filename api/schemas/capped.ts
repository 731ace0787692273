import { z } from 'zod';
import { DRAW_CLASSES } from '../../domain/policies/parts';
import { stratumName } from './campaigns';
import { day, ref } from './common';

export const cappedEntity = z
  .object({
    creditCode: z.string(),
    name: z.string(),
    region: ref,
    riskClass: z.enum(DRAW_CLASSES),
    drawClass: z.enum(DRAW_CLASSES).meta({ description: 'by which it is drawn' }),
    stratum: stratumName.meta({ description: 'its cap is that of this stratum' }),
    cap: z.int(),
    visits: z
      .array(z.object({ campaign: ref, on: day.nullable() }))
      .meta({ description: 'that count this year; `on` is null where the day is not set yet' }),
    taken: z.array(ref).meta({ description: 'items that do not draw it any more this year' }),
    kept: z
      .array(ref)
      .meta({ description: 'key items, which draw it still; none: it leaves the population' }),
    reason: z.string(),
  })
  .meta({ id: 'CappedEntity' });
