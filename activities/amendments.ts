/** Replacements and supplementary draws: decided requests are carried out and appended to the public record. */
import type { Knex } from 'knex';
import { appendRecord, decideAmendment, lockAmendment, readRecord } from '../db/amendments';
import type { CampaignRow } from '../db/campaigns';
import { readExclusions, readLiveCeremony, readPool, type CeremonyRow } from '../db/ceremonies';
import { readCalendar } from '../db/deadlines';
import { mergeVisits, storeMatching } from '../db/draw';
import { addNotices } from '../db/notices';
import { hasPublishedVisits, readAddedVisits, reopenVisits } from '../db/supplement';
import {
  countJoined,
  readLoads,
  readOpenTeamsOf,
  readTeams,
  reassignResultTasks,
  storeReplacements,
  type StandingTeam,
} from '../db/team-changes';
import {
  alreadyPublished,
  AMENDMENT_LABELS,
  decidedAlready,
  extendedStrata,
  leaversOf,
  ownAmendment,
  sizedStrata,
  standingStrata,
  takenOut,
  type Amendment,
} from '../domain/amendments';
import type { AmendInput, StepOutcome } from '../domain/commands';
import type { Manifest } from '../domain/draw/manifest';
import { recordLine, type RecordEntry, type RecordHead } from '../domain/draw/record';
import { digestTime } from '../domain/deadlines/due';
import { conflict, invalid, notFound } from '../domain/errors';
import { match } from '../domain/matching/match';
import { holdsAll } from '../domain/matching/may-go';
import { replace, type Replacement, type Standing, type Vacancy } from '../domain/matching/replace';
import { formatInstant } from '../domain/notices/format';
import { leadsOf } from './campaign-plan';
import type { Collaborators } from './collaborators';
import { handOut } from './dispatch';
import { drawStrata } from './sample';
import { carryOut } from './step';

interface Scene {
  trx: Knex;
  campaign: CampaignRow;
  ceremony: CeremonyRow;
  seed: string;
  manifest: Manifest;
  record: RecordEntry[];
  head: RecordHead;
  amendmentId: number;
  actorId: number | null;
  now: Date;
}

interface Effect {
  entry: RecordEntry;
  outcome: string;
}

export function createAmendmentActivities({ db, now }: Collaborators) {
  return {
    /** Carries out a request that somebody else than its author has approved. */
    amend: (input: AmendInput): Promise<StepOutcome> =>
      carryOut(db, 'amend', input, async (trx, campaign) => {
        const request = await lockAmendment(trx, campaign.id, input.amendment);
        if (!request) throw notFound('amendment-not-found', `没有编号为 ${input.amendment} 的变更申请。`);
        const { amendment, reason, requestedBy } = request;
        if (request.status !== 'requested') throw decidedAlready(request);
        if (requestedBy === input.actorId) throw ownAmendment();
        const scene = await sceneOf(trx, campaign, input, reason, now());
        const { entry, outcome } =
          amendment.kind === 'replacement'
            ? await carryOutReplacement(scene, amendment)
            : await carryOutSupplement(scene, amendment);
        const { line, digest } = recordLine(entry);
        await appendRecord(trx, {
          ceremonyId: scene.ceremony.id,
          amendmentId: input.amendment,
          seq: entry.seq,
          line,
          digest,
        });
        await decideAmendment(trx, input.amendment, {
          status: 'approved',
          actorId: input.actorId,
          at: now(),
          note: input.note,
          outcome,
        });
        await addNotices(trx, [
          {
            key: `${campaign.code}/amended/${input.amendment}`,
            kind: 'amended',
            campaignId: campaign.id,
            recipients: [...new Set([requestedBy, ...(await leadsOf(trx, campaign))])],
            params: { what: AMENDMENT_LABELS[amendment.kind], outcome },
            notBefore: now(),
          },
        ]);
        return {
          stage: campaign.stage,
          note: outcome,
          after: { amendment: input.amendment, record: digest },
        };
      }),
  };
}

async function sceneOf(
  trx: Knex,
  campaign: CampaignRow,
  { amendment: amendmentId, actorId }: AmendInput,
  reason: string,
  now: Date,
): Promise<Scene> {
  const ceremony = await readLiveCeremony(trx, campaign.id);
  if (!ceremony?.seed || ceremony.bundle_sha256 === null) throw conflict('not-drawn', '还没有抽取。');
  const rows = await readRecord(trx, ceremony.id);
  return {
    trx,
    campaign,
    ceremony,
    seed: ceremony.seed,
    manifest: JSON.parse(ceremony.manifest) as Manifest,
    record: rows.map((row) => JSON.parse(row.line) as RecordEntry),
    head: {
      campaign: campaign.code,
      ceremony: ceremony.number,
      seq: rows.length + 1,
      previous: rows.at(-1)?.digest ?? ceremony.bundle_sha256,
      at: `${now.toISOString().slice(0, 19)}Z`,
      reason,
    },
    amendmentId,
    actorId,
    now,
  };
}

async function carryOutReplacement(
  scene: Scene,
  { inspector, visits }: Extract<Amendment, { kind: 'replacement' }>,
): Promise<Effect> {
  const { trx, campaign, ceremony, record, head } = scene;
  const own = await readOpenTeamsOf(trx, campaign.id, ceremony.id, inspector);
  const teams = visits === null ? own : own.filter((team) => visits.includes(team.visit));
  if (teams.length === 0) {
    throw invalid('nothing-to-replace', `${inspector} 在这些检查中没有尚未录入结果的任务。`, [
      { field: 'inspector', message: '没有需要替换的检查' },
    ]);
  }
  const unavailable = takenOut(record);
  if (visits === null) unavailable.add(inspector);
  const left = leaversOf(record);
  const replacements = replace(
    teams.map((team) => vacancyOf(team, inspector, left)),
    await standingOf(scene, unavailable),
  );
  await storeReplacements(trx, campaign.id, replacements);
  await reassignResultTasks(
    trx,
    campaign.id,
    replacements.map((one) => one.visit),
    { at: scene.now, actorId: scene.actorId, reason: `检查人员替换：${head.reason}` },
  );
  if (campaign.stage !== 'drawn') await tellJoined(scene, replacements);
  const open = replacements.filter((one) => one.by === null).length;
  return {
    entry: {
      ...head,
      kind: 'replacement',
      inspector,
      scope: visits === null ? 'all' : 'visits',
      changes: replacements.map(({ visit, department, by }) => ({ visit, department, by })),
    },
    outcome: `${replacements.length} 次检查的人员已按序号递补${open > 0 ? `，其中 ${open} 次无人可补` : ''}。`,
  };
}

async function carryOutSupplement(
  scene: Scene,
  { strata: wishes }: Extract<Amendment, { kind: 'supplement' }>,
): Promise<Effect> {
  const { trx, campaign, ceremony, seed, manifest, record, head, now } = scene;
  if (await hasPublishedVisits(trx, campaign.id)) {
    throw alreadyPublished();
  }
  const standing = standingStrata(manifest, record);
  const strata = extendedStrata(manifest, standing, wishes);
  await drawStrata(trx, ceremony.id, seed, sizedStrata(manifest, strata));
  const added = await mergeVisits(trx, campaign.id, ceremony.id);
  const visits = await readAddedVisits(trx, campaign.id, ceremony.id, standing);
  await reopenVisits(
    trx,
    campaign.id,
    visits.map((one) => one.visit),
  );

  const teams = await readTeams(
    trx,
    campaign.id,
    ceremony.id,
    visits.map((one) => one.visit),
  );
  const unavailable = takenOut(record);
  const before = await standingOf(scene, unavailable);
  const changes = replace(unqualified(teams, before, leaversOf(record)), before);
  await storeReplacements(trx, campaign.id, changes);
  const { pool, exclusions, load } = await standingOf(scene, unavailable);
  const matching = match(
    teams.filter((team) => team.isNew),
    pool
      .filter((one) => !unavailable.has(one.inspector))
      .map((one) => ({
        ...one,
        capacity: one.capacity === null ? null : Math.max(0, one.capacity - (load.get(one.inspector) ?? 0)),
      })),
    exclusions,
    seed,
  );
  await storeMatching(trx, campaign.id, matching);
  if (campaign.stage !== 'drawn') {
    await handOut(trx, campaign, now, {
      key: `amendment-${scene.amendmentId}`,
      visits: visits.map((one) => one.visit),
    });
  }
  return {
    entry: {
      ...head,
      kind: 'supplement',
      strata,
      visits,
      assignments: matching.assignments,
      changes: changes.map(({ visit, department, leaving, by }) => ({
        visit,
        department,
        inspector: leaving,
        by,
      })),
    },
    outcome: `补充抽取 ${added} 户，${visits.length - added} 户增加事项。`,
  };
}

async function standingOf(
  { trx, campaign, ceremony, seed }: Scene,
  unavailable: Set<string>,
): Promise<Standing> {
  return {
    pool: await readPool(trx, ceremony.id),
    exclusions: await readExclusions(trx, ceremony.id),
    unavailable,
    load: await readLoads(trx, campaign.id),
    seed,
  };
}

const vacancyOf = (team: StandingTeam, leaving: string, left: ReturnType<typeof leaversOf>): Vacancy => ({
  ...team,
  team: [...team.team, ...left(team)],
  leaving,
});

/** Members of standing teams who lack what the visit's further items require. */
function unqualified(
  teams: readonly StandingTeam[],
  { pool }: Standing,
  left: ReturnType<typeof leaversOf>,
): Vacancy[] {
  const byCode = new Map(pool.map((one) => [one.inspector, one]));
  return teams.flatMap((team) =>
    team.team
      .filter((member) => {
        const known = byCode.get(member);
        return !known || !holdsAll(known, team.qualifications);
      })
      .map((leaving) => vacancyOf(team, leaving, left)),
  );
}

/** Who has visits by a replacement is told as after a dispatch, with the due date that they took over. */
async function tellJoined({ trx, campaign, amendmentId, now }: Scene, changes: readonly Replacement[]) {
  const joined = changes.flatMap(({ visit, by }) => (by === null ? [] : [{ visit, inspector: by }]));
  const notBefore = digestTime(campaign.deadline_policy, await readCalendar(trx), now);
  for (const { userId, count, dueAt } of await countJoined(trx, campaign.id, joined)) {
    await addNotices(trx, [
      {
        key: `${campaign.code}/visits-assigned/amendment-${amendmentId}`,
        kind: 'visits-assigned',
        campaignId: campaign.id,
        recipients: [userId],
        params: { count, due: formatInstant(dueAt) },
        notBefore,
      },
    ]);
  }
}
