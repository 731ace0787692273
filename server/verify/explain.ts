import { entityTicket } from '../../domain/draw/tickets';
import { partNote } from '../../domain/policies/parts';
import type { Standing } from './standing';

/** Whether one entity was in the population, why it was drawn or not, and who visits it, the record included. */
export interface CompanyAnswer {
  code: string;
  listed: boolean;
  drawn: boolean;
  ticket: string;
  items: string[];
  strata: { item: string; stratum: string; size: number; sample: number; rank: number; drawn: boolean }[];
  visit: {
    number: number;
    items: string[];
    teams: Record<string, string[]>;
    /** Lines of the record that touch it. */
    record: number[];
  } | null;
}

export function explain(code: string, standing: Standing): CompanyAnswer {
  const { populations, seed } = standing.draw;
  const ticket = entityTicket(seed, code);
  const strata = populations.strata
    .filter(({ codes }) => codes.includes(code))
    .map(({ line: { item, stratum }, codes }) => {
      const rank = 1 + codes.filter((other) => entityTicket(seed, other) < ticket).length;
      const sample = standing.strata.find((one) => one.item === item && one.stratum === stratum)?.sample ?? 0;
      return { item, stratum, size: codes.length, sample, rank, drawn: rank <= sample };
    });
  const visit = standing.visits.find((one) => one.code === code);
  const own = standing.needs.filter((need) => need.visit === visit?.visit);
  return {
    code,
    listed: strata.length > 0,
    drawn: strata.some((one) => one.drawn),
    ticket,
    items: [...populations.items].filter(([, codes]) => codes.includes(code)).map(([item]) => item),
    strata,
    visit: visit
      ? {
          number: visit.visit,
          items: visit.items,
          teams: Object.fromEntries(
            own.map(({ department }) => [department, standing.teamOf(visit.visit, department) ?? []]),
          ),
          record: standing.touched.get(visit.visit) ?? [],
        }
      : null,
  };
}

/** The answer in sentences. */
export function sentences(answer: CompanyAnswer): string[] {
  if (!answer.listed) {
    return [`${answer.code} 不在本次抽取的名录里，因此不可能被抽中 not in the population of this draw`];
  }
  return [
    `${answer.code} 在名录里 listed，涉及事项 items ${answer.items.join('、')}，号码 ticket ${answer.ticket}`,
    ...answer.strata.map(
      ({ item, stratum, size, sample, rank, drawn }) =>
        `  ${item === '*' ? '' : `事项 ${item} `}${stratum} 层${partNote(stratum)} ${size} 户，取号码最小的 ${sample} 户；它排第 ${rank}，${drawn ? '抽中 drawn' : '没有抽中 not drawn'}`,
    ),
    ...(answer.visit ? visitSentences(answer.visit) : []),
  ];
}

const visitSentences = ({ number, items, teams, record }: NonNullable<CompanyAnswer['visit']>): string[] => [
  `  第 ${number} 次上门 visit，事项 ${items.join('、')}`,
  ...Object.entries(teams).map(
    ([department, inspectors]) => `    ${department}：${inspectors.join('、') || '空缺 unfilled'}`,
  ),
  ...(record.length > 0 ? [`    公开记录第 ${record.join('、')} 行改过 changed by the record`] : []),
];
