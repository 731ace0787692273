/** Who may command a campaign: role × department × region (domain guide, section 2). */
import { isPossible, COMMANDS, type Command, type Stage } from '../campaigns';
import { covers } from '../regions/covers';
import { hasRoleIn, overlaps, reachesRegions, reachesRegionsIn, type Actor, type Grant } from '../roles';
import type { CorrectionKind } from '../visits/corrections';
import { STATISTICS_READERS } from './groups';

export interface CampaignScope {
  stage: Stage;
  leadDepartment: string;
  /** Those whose items are checked. */
  departments: readonly string[];
  regions: readonly string[];
  submittedBy: number | null;
  /** Departments whose approvers decide: the lead department's head and the leading group. */
  approvingDepartments: readonly string[];
}

/** Whether the actor may give the command at all, whatever the stage. */
export function mayCommand(actor: Actor, command: Command, campaign: CampaignScope): boolean {
  switch (command) {
    case 'return':
    case 'approve':
    case 'amend':
      return (
        mayDecide(actor, campaign) &&
        // Nobody approves what they submitted.
        (command !== 'approve' || actor.id !== campaign.submittedBy)
      );
    case 'recordPublicValue':
      return publicValuePost(actor, campaign) !== null;
    case 'seal':
    case 'reveal':
      return campaign.departments.some((department) => speaksFor(actor, department, campaign.regions));
    default:
      return mayLead(actor, campaign.leadDepartment, campaign.regions);
  }
}

/** A department's liaison, for the campaign's regions or some of them: a county's office has no say in another county. */
export const speaksFor = (actor: Actor, department: string, regions: readonly string[]): boolean =>
  actor.grants.some(
    (grant) => grant.role === 'liaison' && grant.department === department && overlaps(grant, regions),
  );

/** In which office and role somebody may enter the public value: the lead, a participating department, oversight. */
export function publicValuePost(
  actor: Actor,
  campaign: Pick<CampaignScope, 'leadDepartment' | 'departments' | 'regions'>,
): Pick<Grant, 'role' | 'department'> | null {
  const reaches = (grant: Grant) => campaign.regions.every((region) => covers(grant.region, region));
  const fits = (grant: Grant): boolean => {
    if (grant.role === 'lead_officer') return grant.department === campaign.leadDepartment && reaches(grant);
    if (grant.role === 'liaison')
      return campaign.departments.some((department) =>
        speaksFor({ ...actor, grants: [grant] }, department, campaign.regions),
      );
    return (grant.role === 'coordinator' || grant.role === 'supervisor') && reaches(grant);
  };
  return actor.grants.find(fits) ?? null;
}

/** The lead department's officers, and the coordinator who proposes campaigns across departments. */
export const mayLead = (actor: Actor, leadDepartment: string, regions: readonly string[]): boolean =>
  reachesRegionsIn(actor, [leadDepartment], regions, 'lead_officer') ||
  reachesRegions(actor, regions, 'coordinator');

/** Heads of the lead department and the leading group, for the campaign's whole area. */
const mayDecide = (actor: Actor, campaign: CampaignScope): boolean =>
  reachesRegionsIn(actor, campaign.approvingDepartments, campaign.regions, 'approver');

/** One item of a visit, and who is concerned with it. */
export interface VisitScope {
  /** Whose item it is. */
  department: string;
  leadDepartment: string;
  /** The entity's. */
  region: string;
  approvingDepartments: readonly string[];
  /** Whether the actor is one of the visit's inspectors. */
  isOfTeam: boolean;
}

/** The liaison of the department for where the entity is. */
export const isLiaisonFor = (
  actor: Actor,
  { department, region }: { department: string; region: string },
): boolean => hasRoleIn(inRegion(actor, region), department, 'liaison');

/** The person with those grants alone that reach the region. */
export const inRegion = (actor: Actor, region: string): Actor => ({
  ...actor,
  grants: actor.grants.filter((grant) => covers(grant.region, region)),
});

/** Who inspects, records (谁检查、谁录入): the team's members for their department, or its liaison. */
export const mayEnterResult = (
  actor: Actor,
  department: string,
  member: { department: string; assigned: boolean } | null,
): boolean =>
  hasRoleIn(actor, department, 'liaison') || (member?.assigned === true && member.department === department);

/** Who inspected and recorded asks to correct that; who published it, the lead too, to correct or withdraw what is public. */
export const mayAskCorrection = (
  actor: Actor,
  kind: CorrectionKind,
  scope: { department: string; leadDepartment: string; region: string },
  member: { department: string; assigned: boolean } | null,
): boolean =>
  mayEnterResult(actor, scope.department, member) ||
  (kind !== 'result' && mayLead(actor, scope.leadDepartment, [scope.region]));

/** Of the visit's departments those that the person speaks for when its day is set: as the team's member, or as liaison. */
export const departmentsSpokenFor = (
  actor: Actor,
  departments: readonly string[],
  member: { department: string; assigned: boolean } | null,
): string[] => departments.filter((department) => mayEnterResult(actor, department, member));

/**
 * The department's head for the area, but nobody on what they inspect, recorded or asked for themselves; where there is no
 * other head, the leading group.
 */
export const mayDecideUninvolved = (
  actor: Actor,
  matter: {
    department: string;
    region: string;
    /** The department's heads for the area. */
    heads: readonly number[];
    leadingGroups: readonly string[];
    /** Who is to keep out of it. */
    involved: readonly number[];
  },
): boolean => {
  const { department, region, heads, leadingGroups, involved } = matter;
  if (involved.includes(actor.id)) return false;
  const deciding = heads.some((head) => !involved.includes(head)) ? [department] : leadingGroups;
  return reachesRegionsIn(actor, deciding, [region], 'approver');
};

/**
 * Photos and files may show persons and business secrets: they are for those who were there, the department whose item it
 * is, and those who lead the campaign or decide on it. Oversight counts tasks and needs none of them.
 */
export const mayReadEvidence = (actor: Actor, visit: VisitScope): boolean =>
  visit.isOfTeam ||
  isLiaisonFor(actor, visit) ||
  mayLead(actor, visit.leadDepartment, [visit.region]) ||
  mayDecideOnVisit(actor, visit);

/** Heads of the department whose item it is and of the lead department, and the leading group. */
const mayDecideOnVisit = (actor: Actor, visit: VisitScope): boolean =>
  reachesRegionsIn(actor, [visit.department, ...visit.approvingDepartments], [visit.region], 'approver');

/** Dry runs are for those who plan the campaign, decide on it or pay for it. */
export const maySimulate = (actor: Actor, campaign: CampaignScope): boolean =>
  mayLead(actor, campaign.leadDepartment, campaign.regions) ||
  mayDecide(actor, campaign) ||
  reachesRegions(actor, campaign.regions, 'budget_officer');

/** The areas whose numbers the actor may see. */
export const statisticsAreas = (actor: Actor): string[] => [
  ...new Set(
    actor.grants
      .filter((grant) => STATISTICS_READERS.some((role) => role === grant.role))
      .map((grant) => grant.region),
  ),
];

/** The supervision office in charge of the area writes its bulletins. */
export const mayWriteBulletins = (actor: Actor, region: string): boolean =>
  reachesRegions(actor, [region], 'supervisor');

/** The leading group decides on them (its departments are given). */
export const mayApproveBulletins = (
  actor: Actor,
  region: string,
  leadingGroups: readonly string[],
): boolean => reachesRegionsIn(actor, leadingGroups, [region], 'approver');

/** Of the areas that somebody may see, those inside the region asked about; a county that asks for its city sees itself. */
export const areasAsked = (allowed: readonly string[], region: string | undefined): string[] =>
  region === undefined
    ? [...allowed]
    : [
        ...(allowed.some((area) => covers(area, region)) ? [region] : []),
        ...allowed.filter((area) => area !== region && covers(region, area)),
      ];

export const commandsOf = (actor: Actor, campaign: CampaignScope): Command[] =>
  COMMANDS.filter((command) => isPossible(command, campaign.stage) && mayCommand(actor, command, campaign));

/** A department's documents look as its liaison has them, within the department's own area; the city's as its administrator has. */
export const mayKeepTemplates = (
  actor: Actor,
  department: { code: string; region: string } | null,
  city: string,
): boolean =>
  department === null
    ? reachesRegions(actor, [city], 'admin')
    : reachesRegionsIn(actor, [department.code], [department.region], 'liaison');
