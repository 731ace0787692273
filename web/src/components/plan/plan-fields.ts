import dayjs, { type Dayjs } from 'dayjs';
import type { Campaign, CampaignPlan, PlanDraftContent } from '../../api/types';
import { today } from '../../lib/format';

export const CLASSES = ['A', 'B', 'C', 'D'] as const;

/** A plan as the form holds it. */
export interface PlanFields {
  name: string;
  leadDepartment: string;
  regions: string[];
  mode: CampaignPlan['mode'];
  items: string[];
  /** Per cent, by stratum. */
  ratios: Record<string, number>;
  /** Not there before the form has shown a department. */
  teams?: Record<string, number>;
  window: [Dayjs, Dayjs];
  publicContributor: string;
  rotation: boolean;
  demandsApproval: boolean;
}

/** The city's ratios; two months from today. */
export const newPlanFields = (ratios: PlanFields['ratios']): Partial<PlanFields> => ({
  mode: 'joint',
  items: [],
  ratios,
  window: [dayjs(today()), dayjs(today()).add(2, 'month')],
  publicContributor: 'public:dice',
  rotation: true,
  demandsApproval: true,
});

export const planFieldsOf = (campaign: Campaign): PlanFields => ({
  name: campaign.name,
  leadDepartment: campaign.leadDepartment.code,
  regions: campaign.regions,
  mode: campaign.mode,
  items: campaign.items.map((item) => item.code),
  ratios: {
    ...Object.fromEntries(CLASSES.map((one) => [one, 0])),
    ...Object.fromEntries(campaign.ratios.map(({ stratum, ratioPpm }) => [stratum, ratioPpm / 10_000])),
  },
  teams: Object.fromEntries(campaign.teams.map((team) => [team.department, team.size])),
  window: [dayjs(campaign.visitFrom), dayjs(campaign.visitTo)],
  publicContributor: campaign.publicContributor ?? '',
  rotation: campaign.rotation,
  demandsApproval: campaign.demandsApproval,
});

/** What is sent; `departments` are those of the chosen items, `strata` those that the form shows. */
export const planOf = (
  fields: PlanFields,
  departments: readonly string[],
  strata: readonly string[],
): CampaignPlan => ({
  name: fields.name.trim(),
  leadDepartment: fields.leadDepartment,
  regions: fields.regions,
  mode: fields.mode,
  items: fields.items,
  ratios: strata.map((stratum) => ({
    stratum,
    ratioPpm: Math.round((fields.ratios[stratum] ?? 0) * 10_000),
    minimum: 0,
  })),
  teams: departments.map((department) => ({ department, size: fields.teams?.[department] ?? 2 })),
  visitFrom: fields.window[0].format('YYYY-MM-DD'),
  visitTo: fields.window[1].format('YYYY-MM-DD'),
  publicContributor: fields.publicContributor || null,
  rotation: fields.rotation,
  demandsApproval: fields.demandsApproval,
});

/** The form's field that a problem's path (`items.0`, `visitTo`, `ratios.2.ratioPpm`) is about. */
export function fieldOf(path: string, strata: readonly string[]): (string | number)[] | null {
  const [head = '', second = ''] = path.split('.');
  if (head === 'visitFrom' || head === 'visitTo') return ['window'];
  if (head === 'ratios') return ['ratios', strata[Number(second)] ?? 'A'];
  return ['name', 'leadDepartment', 'regions', 'mode', 'items', 'publicContributor'].includes(head)
    ? [head]
    : null;
}

const MONTHS = 2;

/** A new plan with what an earlier campaign had: another name, and days that are to come. */
export const copiedFields = (campaign: Campaign, name: string): PlanFields => ({
  ...planFieldsOf(campaign),
  name,
  window: [dayjs(today()), dayjs(today()).add(MONTHS, 'month')],
});

/** What is kept of a plan that is not finished. */
export const draftOf = (
  fields: Partial<PlanFields>,
  departments: readonly string[],
  strata: readonly string[],
): PlanDraftContent => ({
  name: fields.name ?? '',
  ...(fields.leadDepartment === undefined ? {} : { leadDepartment: fields.leadDepartment }),
  regions: fields.regions ?? [],
  ...(fields.mode === undefined ? {} : { mode: fields.mode }),
  items: fields.items ?? [],
  teams: departments.map((department) => ({ department, size: fields.teams?.[department] ?? 2 })),
  ratios: strata.flatMap((stratum) => {
    const ratio = fields.ratios?.[stratum];
    return typeof ratio === 'number' ? [{ stratum, ratioPpm: Math.round(ratio * 10_000), minimum: 0 }] : [];
  }),
  ...(fields.window?.[0] ? { visitFrom: fields.window[0].format('YYYY-MM-DD') } : {}),
  ...(fields.window?.[1] ? { visitTo: fields.window[1].format('YYYY-MM-DD') } : {}),
  publicContributor: fields.publicContributor === '' ? null : (fields.publicContributor ?? null),
  rotation: fields.rotation ?? true,
  demandsApproval: fields.demandsApproval ?? true,
});

/** An unfinished plan as the form goes on with it; days that are over meanwhile are left to be chosen anew. */
export function fieldsOfDraft(content: PlanDraftContent): Partial<PlanFields> {
  const { visitFrom, visitTo, ratios = [], teams = [], ...rest } = content;
  const isAhead = visitFrom !== undefined && visitTo !== undefined && visitFrom >= today();
  return {
    ...rest,
    publicContributor: rest.publicContributor ?? '',
    ratios: Object.fromEntries(ratios.map(({ stratum, ratioPpm }) => [stratum, ratioPpm / 10_000])),
    teams: Object.fromEntries(teams.map(({ department, size }) => [department, size])),
    ...(isAhead ? { window: [dayjs(visitFrom), dayjs(visitTo)] } : {}),
  };
}
