/** Who may command a campaign: role × department × region (domain guide, section 2). */
import { isPossible, COMMANDS, type Command, type Stage } from './campaigns';
import { hasRoleIn, reachesRegions, type Actor } from './roles';

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
        reachesRegions(actor, campaign.regions, 'approver') &&
        campaign.approvingDepartments.some((department) => hasRoleIn(actor, department, 'approver')) &&
        // Nobody approves what they submitted.
        (command !== 'approve' || actor.id !== campaign.submittedBy)
      );
    case 'seal':
    case 'reveal':
      return campaign.departments.some((department) => hasRoleIn(actor, department, 'liaison'));
    default:
      return mayLead(actor, campaign.leadDepartment, campaign.regions);
  }
}

/** The lead department's officers, and the coordinator who proposes campaigns across departments. */
export function mayLead(actor: Actor, leadDepartment: string, regions: readonly string[]): boolean {
  const officer =
    hasRoleIn(actor, leadDepartment, 'lead_officer') && reachesRegions(actor, regions, 'lead_officer');
  return officer || reachesRegions(actor, regions, 'coordinator');
}

export const commandsOf = (actor: Actor, campaign: CampaignScope): Command[] =>
  COMMANDS.filter((command) => isPossible(command, campaign.stage) && mayCommand(actor, command, campaign));
