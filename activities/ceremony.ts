/** The ceremony: freeze, seal, reveal, public value; void where somebody withholds (draw protocol, sections 1 and 2). */
import type { Knex } from 'knex';
import { pinVersions, readItemCodes, readPublishedItems, readTeams, type CampaignRow } from '../db/campaigns';
import {
  readContributions,
  readLiveCeremony,
  startRevealing,
  storeSeal,
  storeValue,
  type CeremonyRow,
} from '../db/ceremonies';
import { ensureDeadline, readCalendar } from '../db/deadlines';
import { addNotices } from '../db/notices';
import { departmentName, readDepartmentNames } from '../db/organisation';
import { readUntrained } from '../db/pool';
import { usersWith } from '../db/recipients';
import { addTasks, finishTask, lastDue } from '../db/tasks';
import type { CommandInput, PublicValueInput, RevealInput, SealInput, StepOutcome } from '../domain/commands';
import { isPublicContributor, isSealable, sealOf } from '../domain/draw/seed';
import { conflict, invalid, notFound } from '../domain/errors';
import { formatInstant } from '../domain/notices/format';
import { assertPlan } from './campaign-plan';
import type { Collaborators } from './collaborators';
import { freezeCeremony } from './freeze';
import { carryOut } from './step';
import { voidCeremony } from './void-ceremony';

export function createCeremonyActivities({ db, now }: Collaborators) {
  /** Asks every sealing department for its next contribution, with a task and a notice; returns the deadline. */
  async function ask(
    trx: Knex,
    campaign: CampaignRow,
    ceremony: CeremonyRow,
    kind: 'seal' | 'reveal',
  ): Promise<Date> {
    const deadline = await ensureDeadline(trx, campaign, await readCalendar(trx), now(), kind);
    for (const { contributor } of await sealing(trx, ceremony.id)) {
      const liaisons = await usersWith(trx, { role: 'liaison', department: contributor });
      const key = taskKey(kind, ceremony.id, contributor);
      await addTasks(
        trx,
        [
          {
            key,
            kind,
            campaignId: campaign.id,
            department: contributor,
            assigneeId: liaisons[0] ?? null,
            deadlineId: deadline.id,
          },
        ],
        now(),
      );
      await addNotices(trx, [
        {
          key,
          kind: kind === 'seal' ? 'seal-requested' : 'reveal-requested',
          campaignId: campaign.id,
          recipients: liaisons,
          params: {
            commitment: ceremony.commitment,
            department: await departmentName(trx, contributor),
            due: formatInstant(deadline.dueAt),
          },
          notBefore: now(),
        },
      ]);
    }
    return deadline.dueAt;
  }

  return {
    /** Writes the populations, the pool and the exclusions, and publishes the commitment. */
    freeze: (input: CommandInput): Promise<StepOutcome> =>
      carryOut(db, 'freeze', input, async (trx, campaign) => {
        await assertPlan(trx, campaign, now());
        const items = await readPublishedItems(trx, await readItemCodes(trx, campaign.id));
        await pinVersions(trx, campaign.id, items);
        const teams = await readTeams(trx, campaign.id);
        const ceremony = await freezeCeremony(db, trx, campaign, items, teams, now());
        const deadline = await ask(trx, campaign, ceremony, 'seal');
        return {
          stage: 'frozen',
          deadline,
          note: `名录已冻结，承诺值 ${ceremony.commitment}。${await untrainedWords(trx, campaign)}`,
          after: { commitment: ceremony.commitment, ceremony: ceremony.number },
        };
      }),

    /** The last seal opens the revealing. */
    seal: (input: SealInput): Promise<StepOutcome> =>
      carryOut(db, 'seal', input, async (trx, campaign) => {
        const ceremony = await live(trx, campaign);
        const own = await contributionOf(trx, ceremony.id, input.department);
        if (own.seal !== null && own.seal !== input.seal) {
          const [name] = await namesOf(trx, [input.department]);
          throw conflict('already-sealed', `${name ?? ''}已经封存，不能更改。`);
        }
        await storeSeal(trx, ceremony.id, {
          contributor: input.department,
          seal: input.seal,
          actorId: input.actorId,
          at: now(),
        });
        await finishTask(trx, taskKey('seal', ceremony.id, input.department), {
          at: now(),
          by: input.actorId,
        });
        const open = (await sealing(trx, ceremony.id)).filter((one) => one.seal === null);
        if (open.length > 0)
          return {
            stage: 'frozen',
            note: `已封存，还差 ${open.length} 个部门。`,
            after: { seal: input.seal },
          };
        await startRevealing(trx, ceremony.id);
        const deadline = await ask(trx, campaign, ceremony, 'reveal');
        return { stage: 'sealed', deadline, note: '各部门均已封存，请揭示。', after: { seal: input.seal } };
      }),

    /** Refuses a value that doesn't match its seal. */
    reveal: (input: RevealInput): Promise<StepOutcome> =>
      carryOut(db, 'reveal', input, async (trx, campaign) => {
        const ceremony = await live(trx, campaign);
        const own = await contributionOf(trx, ceremony.id, input.department);
        if (
          !isSealable(input.value) ||
          sealOf(ceremony.commitment, input.department, input.value) !== own.seal
        ) {
          throw invalid('reveal-mismatch', '揭示的值与封存不符，请填写封存时的原值。', [
            { field: 'value', message: '与封存不符' },
          ]);
        }
        // A value that is public already keeps the time at which it became so.
        if (own.value === null) {
          await storeValue(trx, ceremony.id, {
            contributor: input.department,
            value: input.value,
            source: null,
            actorId: input.actorId,
            at: now(),
          });
        }
        await finishTask(trx, taskKey('reveal', ceremony.id, input.department), {
          at: now(),
          by: input.actorId,
        });
        const open = (await sealing(trx, ceremony.id)).filter((one) => one.value === null);
        const left = open.filter((one) => one.contributor !== input.department).length;
        return {
          stage: 'sealed',
          note: left > 0 ? `已揭示，还差 ${left} 个部门。` : '各部门均已揭示。',
          after: { department: input.department },
        };
      }),

    /** Recorded last, after every reveal: whoever withholds does so before the outcome can be known. */
    recordPublicValue: (input: PublicValueInput): Promise<StepOutcome> =>
      carryOut(db, 'recordPublicValue', input, async (trx, campaign) => {
        const ceremony = await live(trx, campaign);
        const waiting = (await sealing(trx, ceremony.id)).filter((one) => one.value === null);
        if (waiting.length > 0) {
          const names = await namesOf(
            trx,
            waiting.map((one) => one.contributor),
          );
          throw conflict('reveals-missing', `公共随机值最后登记：${names.join('、')}尚未揭示。`);
        }
        const own = await contributionOf(trx, ceremony.id, input.contributor);
        if (own.value !== null) throw conflict('public-value-recorded', '公共随机值已经登记，不能更改。');
        if (!/^[^\p{Cc}]{1,256}$/u.test(input.value)) {
          throw invalid('bad-public-value', '公共随机值不能含有控制字符。', [
            { field: 'value', message: '含有控制字符' },
          ]);
        }
        const { contributor, value, source, actorId } = input;
        await storeValue(trx, ceremony.id, { contributor, value, source, actorId, at: now() });
        return {
          stage: 'sealed',
          note: '公共随机值已登记，可以抽取。',
          after: { contributor, value, source },
        };
      }),

    /**
     * When sealing or revealing is over: a contribution that is missing voids the ceremony and names the one who
     * withheld it. Does nothing where all came in time; a deadline that the calendar has moved is waited for.
     */
    endWaiting: (input: { campaign: string; key: string }): Promise<StepOutcome> =>
      carryOut(
        db,
        'endWaiting',
        { ...input, actorId: null, address: null, requestId: null },
        async (trx, campaign) => {
          const ceremony = await readLiveCeremony(trx, campaign.id);
          const missing =
            ceremony && (campaign.stage === 'frozen' || campaign.stage === 'sealed')
              ? (await sealing(trx, ceremony.id)).filter((one) =>
                  campaign.stage === 'frozen' ? one.seal === null : one.value === null,
                )
              : [];
          if (!ceremony || missing.length === 0) return { stage: campaign.stage };
          const moved = await lastDue(trx, campaign.id, campaign.stage === 'frozen' ? 'seal' : 'reveal');
          if (moved !== null && moved > now()) return { stage: campaign.stage, deadline: moved };
          const withheld = missing.map((one) => one.contributor);
          const reason = await voidCeremony(trx, campaign, ceremony, withheld, now());
          return {
            stage: 'approved',
            reason: `抽取仪式作废：${reason}`,
            after: { ceremony: ceremony.number, withheld },
          };
        },
      ),
  };
}

async function live(trx: Knex, campaign: CampaignRow): Promise<CeremonyRow> {
  const ceremony = await readLiveCeremony(trx, campaign.id);
  if (!ceremony) throw conflict('no-ceremony', '当前没有进行中的抽取仪式，请先冻结名录。');
  return ceremony;
}

async function namesOf(trx: Knex, codes: readonly string[]): Promise<string[]> {
  const names = await readDepartmentNames(trx);
  return codes.map((code) => names.get(code) ?? code);
}

/** Whom the freeze left out of the pool for want of training, for the departments to see to; empty where nobody was. */
async function untrainedWords(trx: Knex, campaign: CampaignRow): Promise<string> {
  const untrained = await readUntrained(trx, campaign);
  if (untrained.length === 0) return '';
  const names = await readDepartmentNames(trx);
  const each = untrained.map(
    ({ department, inspectors }) => `${names.get(department) ?? department} ${inspectors} 名`,
  );
  return `因培训到检查期最后一天无效，未列入检查人员名单：${each.join('、')}。`;
}

/** The contributions that are sealed and revealed by departments. */
async function sealing(trx: Knex, ceremonyId: number) {
  return (await readContributions(trx, ceremonyId)).filter((one) => !isPublicContributor(one.contributor));
}

async function contributionOf(trx: Knex, ceremonyId: number, contributor: string) {
  const own = (await readContributions(trx, ceremonyId)).find((one) => one.contributor === contributor);
  if (!own) throw notFound('not-a-contributor', `${contributor} 不是本次抽取的参与方。`);
  return own;
}

const taskKey = (kind: string, ceremonyId: number, contributor: string) =>
  `${kind}/${ceremonyId}/${contributor}`;
