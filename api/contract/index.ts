import { accountContract } from './account';
import { amendmentsContract } from './amendments';
import { annualPlansContract } from './annual-plans';
import { apiKeysContract } from './api-keys';
import { auditContract } from './audit';
import { boardContract } from './board';
import { bulletinsContract } from './bulletins';
import { calendarFeedContract } from './calendar-feed';
import { campaignsContract } from './campaigns';
import { ceremonyContract } from './ceremony';
import { correctionsContract } from './corrections';
import { documentsContract } from './documents';
import { effortsContract } from './efforts';
import { handlingContract } from './handling';
import { evidenceContract } from './evidence';
import { inspectorsContract } from './inspectors';
import { deadlinePoliciesContract } from './deadline-policies';
import { deliveriesContract } from './deliveries';
import { itemsContract } from './items';
import { listFilesContract } from './list-files';
import { mailsContract } from './mails';
import { mergingContract } from './merging';
import { objectionsContract } from './objections';
import { openItemsContract } from './open-items';
import { organisationContract } from './organisation';
import { providerContract } from './provider';
import { publicContract } from './public';
import { planDraftsContract } from './plan-drafts';
import { ratioPoliciesContract } from './ratio-policies';
import { regionsContract } from './regions';
import { personalDataContract } from './personal-data';
import { registriesContract } from './registries';
import { searchContract } from './search';
import { simulationsContract } from './simulations';
import { statisticsContract } from './statistics';
import { tagRulesContract } from './tag-rules';
import { taskChangesContract } from './task-changes';
import { trainingsContract } from './trainings';
import { urgingOrdersContract } from './urging-orders';
import { inspectionApprovalsContract } from './inspection-approvals';
import { usersContract } from './users';
import { visitDaysContract } from './visit-days';
import { visitPapersContract } from './visit-papers';
import { workContract } from './work';

export const contract = {
  ...organisationContract,
  ...accountContract,
  ...providerContract,
  ...usersContract,
  ...registriesContract,
  ...regionsContract,
  ...tagRulesContract,
  ...inspectorsContract,
  ...trainingsContract,
  ...personalDataContract,
  ...itemsContract,
  ...campaignsContract,
  ...effortsContract,
  ...annualPlansContract,
  ...ratioPoliciesContract,
  ...deadlinePoliciesContract,
  ...simulationsContract,
  ...amendmentsContract,
  ...ceremonyContract,
  ...workContract,
  ...visitDaysContract,
  ...visitPapersContract,
  ...correctionsContract,
  ...objectionsContract,
  ...inspectionApprovalsContract,
  ...mailsContract,
  ...deliveriesContract,
  ...urgingOrdersContract,
  ...boardContract,
  ...handlingContract,
  ...bulletinsContract,
  ...evidenceContract,
  ...taskChangesContract,
  ...calendarFeedContract,
  ...apiKeysContract,
  ...auditContract,
  ...publicContract,
  ...mergingContract,
  ...openItemsContract,
  ...statisticsContract,
  ...searchContract,
  ...listFilesContract,
  ...planDraftsContract,
  ...documentsContract,
};
