/** Budget and effort: days of work and money, planned and spent, by campaign and department (plan 4.1). */
import type { FieldProblem } from './errors';
import { actsForDepartment } from './permissions/records';
import { mayLead, type CampaignScope } from './permissions/rules';
import { reachesRegions, type Actor } from './roles';

/** `cost` in hundredths of a yuan; `personDays` in tenths at the finest. */
export interface Effort {
  personDays: number;
  cost: number;
}

/** Tenths of days add up without the crumbs of binary fractions. */
export const totalOf = (efforts: readonly Effort[]): Effort => ({
  personDays: efforts.reduce((sum, { personDays }) => sum + Math.round(personDays * 10), 0) / 10,
  cost: efforts.reduce((sum, { cost }) => sum + cost, 0),
});

/** Departments keep their own figures. */
export const mayKeepEffort = actsForDepartment;

/** Of which of a campaign's departments somebody sees the figures: who leads, pays or oversees, all of them. */
export const effortsSeen = (
  actor: Actor,
  campaign: Pick<CampaignScope, 'leadDepartment' | 'departments' | 'regions'>,
): string[] =>
  mayLead(actor, campaign.leadDepartment, campaign.regions) ||
  reachesRegions(actor, campaign.regions, 'budget_officer', 'supervisor', 'approver')
    ? [...campaign.departments]
    : campaign.departments.filter((department) => mayKeepEffort(actor, department));

/** An entry of what was spent. `today`: the city's. */
export function effortProblems(entry: Effort & { spentOn: string }, today: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (entry.personDays === 0 && entry.cost === 0) {
    problems.push({ field: 'personDays', message: '人日和金额至少填一项。' });
  }
  if (entry.spentOn > today) problems.push({ field: 'spentOn', message: '发生日期不能晚于今天。' });
  return problems;
}
