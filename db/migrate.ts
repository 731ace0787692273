import type { Knex } from 'knex';
import * as organisation from './migrations/0001-organisation';
import * as registries from './migrations/0002-registries';
import * as items from './migrations/0003-items';
import * as campaigns from './migrations/0004-campaigns';
import * as oversight from './migrations/0005-oversight';
import * as notices from './migrations/0006-notices';
import * as audit from './migrations/0007-audit';
import * as listsByIndex from './migrations/0008-lists-by-index';
import * as ceremonyRecord from './migrations/0009-ceremony-record';
import * as simulations from './migrations/0010-simulations';
import * as archives from './migrations/0011-archives';
import * as frozenPieces from './migrations/0012-frozen-pieces';
import * as tightSets from './migrations/0013-tight-sets';
import * as amendments from './migrations/0014-amendments';
import * as entityKinds from './migrations/0015-entity-kinds';
import * as entityChanges from './migrations/0016-entity-changes';
import * as itemVersions from './migrations/0017-item-versions';
import * as entityDetails from './migrations/0018-entity-details';
import * as entitySearch from './migrations/0019-entity-search';
import * as inspectorDetails from './migrations/0020-inspector-details';
import * as annualPlans from './migrations/0021-annual-plans';
import * as importJobs from './migrations/0022-import-jobs';
import * as kindsOfSets from './migrations/0023-kinds-of-sets';
import * as tagRules from './migrations/0024-tag-rules';
import * as formOpinions from './migrations/0025-form-opinions';
import * as ratioPolicies from './migrations/0026-ratio-policies';
import * as exchange from './migrations/0027-exchange';
import * as rotation from './migrations/0028-rotation';
import * as training from './migrations/0029-training';
import * as regionCodes from './migrations/0030-region-codes';
import * as trainingsByImport from './migrations/0031-trainings-by-import';
import * as tagRulesOff from './migrations/0032-tag-rules-off';
import * as mailStatuses from './migrations/0033-mail-statuses';
import * as entitiesByKind from './migrations/0034-entities-by-kind';
import * as urgingRounds from './migrations/0035-urging-rounds';
import * as board from './migrations/0036-board';
import * as handlingCourse from './migrations/0037-handling-course';
import * as bulletins from './migrations/0038-bulletins';
import * as evidence from './migrations/0039-evidence';
import * as resultDrafts from './migrations/0040-result-drafts';
import * as annualPlanVersions from './migrations/0041-annual-plan-versions';
import * as taskRecord from './migrations/0042-task-record';
import * as delegations from './migrations/0043-delegations';
import * as deadlinePolicies from './migrations/0044-deadline-policies';
import * as calendarFeeds from './migrations/0045-calendar-feeds';
import * as uncheckedStates from './migrations/0046-unchecked-states';
import * as tagRuleSaves from './migrations/0047-tag-rule-saves';
import * as industryRisk from './migrations/0050-industry-risk';
import * as visitDays from './migrations/0055-visit-days';
import * as inspectionApprovals from './migrations/0056-inspection-approvals';
import * as visitPapers from './migrations/0057-visit-papers';
import * as resultMethods from './migrations/0058-result-methods';
import * as messenger from './migrations/0065-messenger';
import * as efforts from './migrations/0066-efforts';
import * as deliveries from './migrations/0070-deliveries';
import * as corrections from './migrations/0071-corrections';
import * as publicationVersions from './migrations/0072-publication-versions';
import * as objections from './migrations/0075-objections';
import * as publishedMethod from './migrations/0076-published-method';
import * as signInAttempts from './migrations/0080-sign-in-attempts';
import * as databaseRoles from './migrations/0087-database-roles';
import * as rowLevelSecurity from './migrations/0088-row-level-security';
import * as auditChainApart from './migrations/0089-audit-chain-apart';
import * as ownSessions from './migrations/0081-own-sessions';
import * as auditSealBySet from './migrations/0090-audit-seal-by-set';
import * as apiKeys from './migrations/0091-api-keys';
import * as secondFactors from './migrations/0082-second-factors';
import * as identityProvider from './migrations/0083-identity-provider';
import * as browserKeys from './migrations/0093-browser-keys';
import * as publishedResultsByName from './migrations/0099-published-results-by-name';
import * as administrators from './migrations/0084-administrators';
import * as documentTemplates from './migrations/0098-document-templates';
import * as roleRequests from './migrations/0085-role-requests';
import * as planDrafts from './migrations/0101-plan-drafts';
import * as writesByPost from './migrations/0096-writes-by-post';

const MIGRATIONS: Record<string, Knex.Migration> = {
  '0001-organisation': organisation,
  '0002-registries': registries,
  '0003-items': items,
  '0004-campaigns': campaigns,
  '0005-oversight': oversight,
  '0006-notices': notices,
  '0007-audit': audit,
  '0008-lists-by-index': listsByIndex,
  '0009-ceremony-record': ceremonyRecord,
  '0010-simulations': simulations,
  '0011-archives': archives,
  '0012-frozen-pieces': frozenPieces,
  '0013-tight-sets': tightSets,
  '0014-amendments': amendments,
  '0015-entity-kinds': entityKinds,
  '0016-entity-changes': entityChanges,
  '0017-item-versions': itemVersions,
  '0018-entity-details': entityDetails,
  '0019-entity-search': entitySearch,
  '0020-inspector-details': inspectorDetails,
  '0021-annual-plans': annualPlans,
  '0022-import-jobs': importJobs,
  '0023-kinds-of-sets': kindsOfSets,
  '0024-tag-rules': tagRules,
  '0025-form-opinions': formOpinions,
  '0026-ratio-policies': ratioPolicies,
  '0027-exchange': exchange,
  '0028-rotation': rotation,
  '0029-training': training,
  '0030-region-codes': regionCodes,
  '0031-trainings-by-import': trainingsByImport,
  '0032-tag-rules-off': tagRulesOff,
  '0033-mail-statuses': mailStatuses,
  '0034-entities-by-kind': entitiesByKind,
  '0035-urging-rounds': urgingRounds,
  '0036-board': board,
  '0037-handling-course': handlingCourse,
  '0038-bulletins': bulletins,
  '0039-evidence': evidence,
  '0040-result-drafts': resultDrafts,
  '0041-annual-plan-versions': annualPlanVersions,
  '0042-task-record': taskRecord,
  '0043-delegations': delegations,
  '0044-deadline-policies': deadlinePolicies,
  '0045-calendar-feeds': calendarFeeds,
  '0046-unchecked-states': uncheckedStates,
  '0047-tag-rule-saves': tagRuleSaves,
  '0050-industry-risk': industryRisk,
  '0055-visit-days': visitDays,
  '0056-inspection-approvals': inspectionApprovals,
  '0057-visit-papers': visitPapers,
  '0058-result-methods': resultMethods,
  '0065-messenger': messenger,
  '0066-efforts': efforts,
  '0070-deliveries': deliveries,
  '0071-corrections': corrections,
  '0072-publication-versions': publicationVersions,
  '0075-objections': objections,
  '0076-published-method': publishedMethod,
  '0080-sign-in-attempts': signInAttempts,
  '0089-audit-chain-apart': auditChainApart,
  '0081-own-sessions': ownSessions,
  '0087-database-roles': databaseRoles,
  '0088-row-level-security': rowLevelSecurity,
  '0090-audit-seal-by-set': auditSealBySet,
  '0091-api-keys': apiKeys,
  '0082-second-factors': secondFactors,
  '0083-identity-provider': identityProvider,
  '0093-browser-keys': browserKeys,
  '0084-administrators': administrators,
  '0085-role-requests': roleRequests,
  '0099-published-results-by-name': publishedResultsByName,
  '0101-plan-drafts': planDrafts,
  '0098-document-templates': documentTemplates,
  '0096-writes-by-post': writesByPost,
};

/** A static list: the compiled tree, the tests and a bundle all run the same migrations. */
const source: Knex.MigrationSource<string> = {
  getMigrations: () => Promise.resolve(Object.keys(MIGRATIONS)),
  getMigrationName: (name) => name,
  getMigration: (name) => {
    const migration = MIGRATIONS[name];
    if (!migration) throw new Error(`no migration ${name}`);
    return Promise.resolve(migration);
  },
};

/** Brings the database to the newest schema; returns the names of what was applied. Safe to run from several processes. */
export async function migrate(db: Knex): Promise<string[]> {
  const [, applied] = (await db.migrate.latest({ migrationSource: source })) as [number, string[]];
  return applied;
}
