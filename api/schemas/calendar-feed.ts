import { z } from 'zod';
import { instant } from './common';

export const calendarFeed = z
  .object({
    since: instant.nullable().meta({ description: 'null: there is none' }),
    url: z.string().nullable().meta({ description: 'only in the answer that made it: it is kept nowhere' }),
  })
  .meta({ id: 'CalendarFeed' });
