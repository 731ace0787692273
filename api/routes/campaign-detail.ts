import type { Knex } from 'knex';
import { countWaiting, readEntries } from '../../db/amendments';
import { readTeams, readCampaign, type CampaignRow } from '../../db/campaigns';
import {
  countUnfilledSlots,
  listCampaigns,
  readCampaignItems,
  readTimeline,
  type CampaignSummaryRow,
} from '../../db/campaign-views';
import {
  countRotated,
  readContributions,
  readLiveCeremony,
  type CeremonyRow,
  type ContributionRow,
} from '../../db/ceremonies';
import { countInspections } from '../../db/inspection-approvals';
import { listDepartments } from '../../db/organisation';
import { readPublicEntries } from '../../db/public-values';
import { readWitnesses } from '../../db/witnesses';
import { sizedStrata, standingStrata } from '../../domain/amendments';
import { isPossible, isSimulated } from '../../domain/campaigns';
import { tellingIndustries } from '../../domain/draw/kind-strata';
import type { Manifest } from '../../domain/draw/manifest';
import { publicSourceName } from '../../domain/draw/public-source';
import { roundsOf } from '../../domain/draw/public-value';
import { isPublicContributor } from '../../domain/draw/seed';
import { forbidden, notFound } from '../../domain/errors';
import { nextStepOf } from '../../domain/next-step';
import { commandsOf, maySimulate, type CampaignScope } from '../../domain/permissions/rules';
import { hasInSight } from '../../domain/permissions/records';
import type { Actor } from '../../domain/roles';
import type { ApiContext } from '../context';
import { publicRound } from './ceremony-record';

/** Who may do what with a campaign depends on these. */
export async function scopeOf(db: Knex, campaign: CampaignRow): Promise<CampaignScope> {
  const leadingGroup = (await listDepartments(db)).filter(
    (department) => department.kind === 'leading-group',
  );
  return {
    stage: campaign.stage,
    leadDepartment: campaign.lead_department,
    departments: (await readTeams(db, campaign.id)).map((team) => team.department),
    regions: campaign.region_codes,
    submittedBy: campaign.submitted_by,
    approvingDepartments: [campaign.lead_department, ...leadingGroup.map((department) => department.code)],
  };
}

export async function summaryOf(db: Knex, row: CampaignSummaryRow) {
  const ceremony =
    row.stage === 'frozen' || row.stage === 'sealed' ? await readLiveCeremony(db, row.id) : null;
  return summary(row, ceremony ? await readContributions(db, ceremony.id) : []);
}

/** Everything the campaign's page shows, and what the asking person may do. */
export async function campaignDetail({ db, now }: ApiContext, code: string, actor: Actor) {
  const campaign = await readCampaign(db, code);
  assertInSight(actor, campaign.region_codes);
  const [row] = await listCampaigns(db, { code, limit: 1, now: now() });
  if (!row) throw notFound('campaign-not-found', `没有编号为“${code}”的任务。`);
  const ceremony = await readLiveCeremony(db, campaign.id);
  const contributions = ceremony ? await readContributions(db, ceremony.id) : [];
  const manifest = ceremony ? (JSON.parse(ceremony.manifest) as Manifest) : null;
  const scope = await scopeOf(db, campaign);
  return {
    ...summary(row, contributions),
    regions: campaign.region_codes,
    items: (await readCampaignItems(db, campaign.id)).map((item) => ({
      code: item.code,
      name: item.name,
      department: item.department,
      population: manifest?.items.find((one) => one.item === item.code)?.population.size ?? null,
    })),
    teams: await readTeams(db, campaign.id),
    ratios: campaign.strata.map(({ stratum, ratio_ppm, minimum }) => ({
      stratum,
      ratioPpm: ratio_ppm,
      minimum,
    })),
    industries: tellingIndustries(campaign.strata, campaign.industries),
    publicContributor: campaign.public_contributor,
    rotation: campaign.rotation,
    demandsApproval: campaign.demands_approval,
    inspectionsWaiting: campaign.demands_approval ? await countWaitingInspections(db, campaign.id) : 0,
    possibleCommands: commandsOf(actor, scope),
    maySimulate: isSimulated(campaign.stage) && maySimulate(actor, scope),
    ceremony:
      ceremony && manifest
        ? await ceremonyOf(db, actor, campaign.id, ceremony, manifest, contributions)
        : null,
    amendmentsWaiting: isPossible('amend', campaign.stage) ? await countWaiting(db, campaign.id) : 0,
    timeline: (await readTimeline(db, code)).map((entry) => ({ ...entry, at: entry.at.toISOString() })),
  };
}

async function ceremonyOf(
  db: Knex,
  actor: Actor,
  campaignId: number,
  ceremony: CeremonyRow,
  manifest: Manifest,
  contributions: readonly ContributionRow[],
) {
  return {
    number: ceremony.number,
    status: ceremony.status,
    commitment: ceremony.commitment,
    frozenAt: ceremony.frozen_at.toISOString(),
    seed: ceremony.seed,
    capped: ceremony.capped,
    untrained: ceremony.untrained,
    rotated: await countRotated(db, ceremony.id),
    contributions: contributions.map((one) => ({
      contributor: one.contributor,
      sealed: one.seal !== null,
      sealedAt: one.sealed_at?.toISOString() ?? null,
      revealed: one.value !== null,
      revealedAt: one.revealed_at?.toISOString() ?? null,
    })),
    strata: sizedStrata(manifest, standingStrata(manifest, await readEntries(db, ceremony.id))).map(
      ({ ratio_ppm, ...stratum }) => ({ ...stratum, ratioPpm: ratio_ppm }),
    ),
    unfilledSlots: await countUnfilledSlots(db, campaignId),
    bundleSha256: ceremony.bundle_sha256,
    publicValue: roundsOf(await readPublicEntries(db, ceremony.id)).map((round) => ({
      ...publicRound(round),
      enteredByMe: round.entries.some((entry) => entry.enteredBy === actor.id),
    })),
    witnesses: (await readWitnesses(db, ceremony.id)).map((one) => ({
      ...one,
      recordedAt: one.recordedAt.toISOString(),
    })),
  };
}

function summary(row: CampaignSummaryRow, contributions: readonly ContributionRow[]) {
  const departments = contributions.filter((one) => !isPublicContributor(one.contributor));
  const nameOf = ({ contributor }: ContributionRow) =>
    row.departments.find((department) => department.code === contributor)?.name ?? contributor;
  const publicMissing = contributions.find(
    (one) => isPublicContributor(one.contributor) && one.value === null,
  );
  const nextStep = nextStepOf(row.stage, {
    unsealed: departments.filter((one) => one.seal === null).map(nameOf),
    unrevealed: departments.filter((one) => one.value === null).map(nameOf),
    publicMissing: publicMissing ? publicSourceName(publicMissing.contributor) : null,
  });
  return {
    code: row.code,
    name: row.name,
    leadDepartment: { code: row.lead_department, name: row.lead_name },
    departments: row.departments,
    mode: row.mode,
    stage: row.stage,
    stageReason: row.stage_reason,
    nextStep,
    visitFrom: row.visit_from,
    visitTo: row.visit_to,
    visits: row.visits,
    visitsFinished: row.visits_finished,
    openTasks: row.open_tasks,
    overdueTasks: row.overdue_tasks,
    createdAt: row.created_at.toISOString(),
  };
}

const countWaitingInspections = async (db: Knex, campaignId: number): Promise<number> =>
  (await countInspections(db, campaignId)).reduce((sum, one) => sum + one.waiting, 0);

/** Officials of regions that overlap with the campaign's. */
export function assertInSight(actor: Actor, regions: readonly string[]): void {
  if (!hasInSight(actor, regions)) throw forbidden('other-region', '这个任务不在您的管辖地区。');
}
