import { z } from 'zod';
import { day, ref } from './common';

/** Of too frequent inspections. */
export const frequencyWarning = z
  .object({
    kind: z.enum(['cap', 'soon']),
    count: z.int().meta({ description: 'inspections of the year or the days around, this one included' }),
    limit: z.int().meta({ description: 'the yearly cap, or the number of days' }),
    visits: z
      .array(z.object({ campaign: ref, number: z.int(), on: day }))
      .meta({ description: 'what was counted beside this one' }),
  })
  .meta({ id: 'FrequencyWarning' });
