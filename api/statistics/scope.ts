import type { z } from 'zod';
import { dayOf } from '../../domain/deadlines/working-days';
import { areasAsked, statisticsAreas } from '../../domain/permissions/rules';
import { covers } from '../../domain/regions/covers';
import type { Actor } from '../../domain/roles';
import type { statisticsQuery } from '../schemas/statistics';

export type StatisticsQuery = z.output<typeof statisticsQuery>;

/** What a question is about, within what the asker may see. */
export interface Scope {
  year: number | null;
  campaign: string | null;
  isInArea: (region: string) => boolean;
  /** Of a freeze. */
  isAsked: (campaign: string, at: Date) => boolean;
}

export function scopeOf(query: StatisticsQuery, actor: Actor): Scope {
  const { year = null, campaign = null, region } = query;
  const areas = areasAsked(statisticsAreas(actor), region);
  return {
    ...{ year, campaign },
    isInArea: (one) => areas.some((area) => covers(area, one)),
    isAsked: (code, at) =>
      (campaign === null || code === campaign) && (year === null || Number(dayOf(at).slice(0, 4)) === year),
  };
}
