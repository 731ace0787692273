/** One file per resource; together they implement the whole contract (checked at start). */
import type { Implementation } from '../implement';
import { accountRoutes } from './account';
import { amendmentRoutes } from './amendments';
import { annualPlanRoutes } from './annual-plans';
import { apiKeyRoutes } from './api-keys';
import { auditRoutes } from './audit';
import { boardRoutes } from './board';
import { bulletinRoutes } from './bulletins';
import { calendarFeedRoutes } from './calendar-feed';
import { campaignRoutes } from './campaigns';
import { ceremonyRoutes } from './ceremony';
import { correctionRoutes } from './corrections';
import { creditRecordRoutes } from './credit-records';
import { deadlinePolicyRoutes } from './deadline-policies';
import { delegationRoutes } from './delegations';
import { effortRoutes } from './efforts';
import { deliveryRoutes } from './deliveries';
import { entityRoutes } from './entities';
import { handlingRoutes } from './handling';
import { importRoutes } from './imports';
import { documentRoutes } from './documents';
import { documentTemplateRoutes } from './document-templates';
import { draftRoutes } from './drafts';
import { evidenceRoutes } from './evidence';
import { exclusionRoutes } from './exclusions';
import { inspectorRoutes } from './inspectors';
import { itemRoutes } from './items';
import { listFileRoutes } from './list-files';
import { mailRoutes } from './mails';
import { mergingRoutes } from './merging';
import { noticeRoutes } from './notices';
import { objectionRoutes } from './objections';
import { openBulletinRoutes } from './open-bulletins';
import { openItemRoutes } from './open-items';
import { openPlanRoutes } from './open-plans';
import { organisationRoutes } from './organisation';
import { planDraftRoutes } from './plan-drafts';
import { providerRoutes } from './provider';
import { publicRoutes } from './public';
import { publicationChangeRoutes } from './publication-changes';
import { ratioPolicyRoutes } from './ratio-policies';
import { regionRoutes } from './regions';
import { roleRequestRoutes } from './role-requests';
import { secondFactorRoutes } from './second-factor';
import { searchRoutes } from './search';
import { sessionRoutes } from './session';
import { simulationRoutes } from './simulations';
import { statisticsRoutes } from './statistics';
import { tagRuleRoutes } from './tag-rules';
import { personalDataRoutes } from './personal-data';
import { taskChangeRoutes } from './task-changes';
import { taskRoutes } from './tasks';
import { trainingRoutes } from './trainings';
import { urgingOrderRoutes } from './urging-orders';
import { userRoutes } from './users';
import { inspectionApprovalRoutes } from './inspection-approvals';
import { openNoticeRoutes } from './open-notice';
import { visitDayRoutes } from './visit-days';
import { visitPaperRoutes } from './visit-papers';
import { visitRoutes } from './visits';

export const implementations: readonly Implementation[] = [
  ...sessionRoutes,
  ...accountRoutes,
  ...secondFactorRoutes,
  ...providerRoutes,
  ...userRoutes,
  ...roleRequestRoutes,
  ...organisationRoutes,
  ...effortRoutes,
  ...entityRoutes,
  ...regionRoutes,
  ...tagRuleRoutes,
  ...importRoutes,
  ...inspectorRoutes,
  ...exclusionRoutes,
  ...trainingRoutes,
  ...personalDataRoutes,
  ...itemRoutes,
  ...campaignRoutes,
  ...annualPlanRoutes,
  ...ratioPolicyRoutes,
  ...deadlinePolicyRoutes,
  ...openPlanRoutes,
  ...simulationRoutes,
  ...amendmentRoutes,
  ...ceremonyRoutes,
  ...visitRoutes,
  ...visitDayRoutes,
  ...visitPaperRoutes,
  ...correctionRoutes,
  ...publicationChangeRoutes,
  ...openNoticeRoutes,
  ...objectionRoutes,
  ...inspectionApprovalRoutes,
  ...draftRoutes,
  ...evidenceRoutes,
  ...taskRoutes,
  ...boardRoutes,
  ...bulletinRoutes,
  ...urgingOrderRoutes,
  ...taskChangeRoutes,
  ...delegationRoutes,
  ...calendarFeedRoutes,
  ...apiKeyRoutes,
  ...auditRoutes,
  ...handlingRoutes,
  ...creditRecordRoutes,
  ...noticeRoutes,
  ...mailRoutes,
  ...deliveryRoutes,
  ...publicRoutes,
  ...mergingRoutes,
  ...openBulletinRoutes,
  ...openItemRoutes,
  ...statisticsRoutes,
  ...searchRoutes,
  ...listFileRoutes,
  ...planDraftRoutes,
  ...documentRoutes,
  ...documentTemplateRoutes,
];
