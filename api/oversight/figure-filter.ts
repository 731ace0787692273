import type { FigureFilter } from '../../db/figures';
import { forbidden } from '../../domain/errors';
import type { TrendUnit } from '../../domain/oversight/figures';
import { areasAsked, statisticsAreas } from '../../domain/permissions/rules';
import { prefixOf } from '../../domain/regions/covers';
import type { Actor } from '../../domain/roles';

interface Asked {
  from: string;
  to: string;
  region?: string | undefined;
  department?: string | undefined;
  campaign?: string | undefined;
  by?: TrendUnit;
}

/** What a question is about, within what the asker oversees. */
export function figureFilter(asked: Asked, actor: Actor, now: Date): FigureFilter {
  const { from, to, region, department = null, campaign = null, by = 'month' } = asked;
  const allowed = statisticsAreas(actor).sort((a, b) => prefixOf(a).length - prefixOf(b).length);
  const areas = areasAsked(allowed, region);
  const [widest] = areas;
  if (widest === undefined) throw forbidden('other-area', '该地区不在您督查的范围之内。');
  return {
    period: { from, to },
    region: region ?? widest,
    ...{ areas, department, campaign, trendBy: by, asOf: now },
  };
}
