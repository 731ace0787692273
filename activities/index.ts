/** Everything that workflows have done in the world, one file per concern. Workflows import its types only. */
import { createAmendmentActivities } from './amendments';
import { createAnnualPlanActivities } from './annual-plan';
import { createAuditActivities, type AuditCollaborators } from './audit';
import { createBulletinActivities } from './bulletins';
import { createPlanActivities } from './campaign-plan';
import { createCeremonyActivities } from './ceremony';
import { createDeliveryActivities, type DeliveryCollaborators } from './deliveries';
import { createDispatchActivities } from './dispatch';
import { createDrawActivities } from './draw';
import { createHandlingActivities } from './handling';
import { createImportActivities } from './imports';
import { createNoticeActivities, type NoticeCollaborators } from './notices';
import { createOversightActivities, type OversightCollaborators } from './oversight';
import { createPublicationActivities } from './publication';
import { createRetentionActivities } from './retention';
import { createTagRuleActivities } from './tag-rules';
import { createUpkeepActivities, type UpkeepCollaborators } from './upkeep';

export function createActivities(
  collaborators: NoticeCollaborators &
    OversightCollaborators &
    UpkeepCollaborators &
    DeliveryCollaborators &
    AuditCollaborators,
) {
  return {
    ...createPlanActivities(collaborators),
    ...createCeremonyActivities(collaborators),
    ...createDrawActivities(collaborators),
    ...createAmendmentActivities(collaborators),
    ...createDispatchActivities(collaborators),
    ...createPublicationActivities(collaborators),
    ...createOversightActivities(collaborators),
    ...createHandlingActivities(collaborators),
    ...createNoticeActivities(collaborators),
    ...createImportActivities(collaborators),
    ...createTagRuleActivities(collaborators),
    ...createAnnualPlanActivities(collaborators),
    ...createBulletinActivities(collaborators),
    ...createDeliveryActivities(collaborators),
    ...createUpkeepActivities(collaborators),
    ...createAuditActivities(collaborators),
    ...createRetentionActivities(collaborators),
  };
}

export type Activities = ReturnType<typeof createActivities>;
