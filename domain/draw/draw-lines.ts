import { byBytes } from './manifest';
import type { SampledLine } from './sampled-lines';
import type { DrawnRow } from '../visits/merge';

export interface Member {
  code: string;
  stratum: string;
  items: readonly string[];
}

/** The draw as a function (draw protocol, section 3), which the SQL in db/ has to agree with. */
export function drawLines(
  population: readonly Member[],
  lines: readonly Pick<SampledLine, 'item' | 'stratum' | 'sample'>[],
  ticketOf: (code: string) => string,
): DrawnRow[] {
  return lines.flatMap(({ item, stratum, sample }) =>
    population
      .filter((one) => one.stratum === stratum && (item === '*' || one.items.includes(item)))
      .map(({ code }) => ({ item, code, ticket: ticketOf(code) }))
      .sort((a, b) => byBytes(a.ticket, b.ticket))
      .slice(0, sample),
  );
}
