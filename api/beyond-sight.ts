/**
 * Endpoints whose queries go past the rows that PostgreSQL shows to the person (db/acting.ts), by why. Whatever is not named
 * here stands behind the second wall: a check that is forgotten there leaks nothing. Which of these an endpoint belongs to is
 * judged by what it reads, and docs/security/row-level-security.md says what guards it instead.
 */
import type { Acting } from '../db/acting';
import type { contract } from './contract';

type EndpointId = keyof typeof contract;

const WHY = {
  // Nobody is known yet, or proves once more who they are; the session ends.
  'the person is being found out': [
    'signIn',
    'signInCode',
    'signOut',
    'whoAmI',
    'changePassword',
    'proveOneself',
    'beginProviderSignIn',
    'answerProviderSignIn',
  ],
  // A secret in the request names the one visit or person, and is looked up by its hash.
  'a secret is the key': [
    'readOpenNotice',
    'askRecusal',
    'confirmArrival',
    'confirmLeaving',
    'rateVisit',
    'objectToResult',
    'readCalendar',
  ],
  // The same for everybody, masked where it names people.
  'what is public': [
    'listPublicCampaigns',
    'readPublicCampaign',
    'downloadCeremonies',
    'listDrawnVisits',
    'listPublishedResults',
    'searchPublishedResults',
    'downloadResults',
    'downloadRecord',
    'watchCeremony',
    'listPublicPlans',
    'readPublicPlan',
    'listPublicBulletins',
    'readPublicBulletin',
    'downloadPublicBulletin',
    'downloadCeremonyMinutes',
  ],
  // Counts over departments, of areas or campaigns that the handler narrows to; no row of anybody's.
  'figures over departments': [
    'readBoard',
    'downloadBoardCsv',
    'downloadBoardXlsx',
    'readInspectorLoads',
    'readMailCounts',
    'readMergingReport',
    'downloadMergingReport',
    'readYearEfforts',
    'downloadYearEfforts',
    'readCoverage',
    'downloadCoverage',
    'readChance',
    'downloadChance',
    'readInspectorCounts',
    'downloadInspectorCounts',
    'readGrooming',
    'downloadGrooming',
    'listBulletins',
    'draftBulletin',
    'readBulletin',
    'editBulletin',
    'commandBulletin',
    'reproduceBulletin',
    'downloadBulletinDocument',
    'downloadCampaignReport',
    'listInspectors',
    'downloadInspectors',
    'readInspector',
    'createInspector',
    'editInspector',
    'readEntityRecord',
    'tryRatioPolicy',
    'listPolicyCapped',
    'downloadPolicyCapped',
    'downloadPolicyCappedWorkbook',
    'previewReminders',
    'downloadReminderPreview',
    'adviseAnnualPlan',
  ],
  // Of a campaign, a plan or an urging order as a whole, where all departments read and do the same.
  'one matter of all its departments': [
    'listCampaigns',
    'downloadCampaigns',
    'createCampaign',
    'readCampaign',
    'editCampaign',
    'submitCampaign',
    'returnCampaign',
    'approveCampaign',
    'freezeCampaign',
    'sealContribution',
    'revealContribution',
    'recordPublicValue',
    'drawCampaign',
    'dispatchCampaign',
    'publishCampaign',
    'closeCampaign',
    'cancelCampaign',
    'listCeremonies',
    'readCeremony',
    'recordWitness',
    'removeWitness',
    'listAmendments',
    'requestAmendment',
    'approveAmendment',
    'refuseAmendment',
    'listDrawnTeam',
    'startSimulation',
    'listAnnualPlans',
    'createAnnualPlan',
    'readAnnualPlan',
    'addPlanLine',
    'editPlanLine',
    'removePlanLine',
    'restorePlanLine',
    'joinPlanLines',
    'splitPlanLines',
    'commandAnnualPlan',
    'launchPlanLine',
    'issueUrgingOrder',
    'listAddressees',
  ],
} satisfies Record<string, readonly EndpointId[]>;

/** Where the person asks for what goes beyond their sight: what such an endpoint writes is the person's own all the same. */
const READING = [
  'figures over departments',
  'one matter of all its departments',
] as const satisfies (keyof typeof WHY)[];

export const BEYOND_SIGHT: ReadonlyMap<string, string> = new Map(
  Object.entries(WHY).flatMap(([why, ids]) => ids.map((id) => [id, why] as const)),
);

/** How far an endpoint goes past the person's own rows (db/acting.ts). */
export function beyondFor(id: string): Pick<Acting, 'beyond'> {
  const why = BEYOND_SIGHT.get(id);
  if (why === undefined) return {};
  return { beyond: READING.some((one) => one === why) ? 'reading' : 'writing' };
}
