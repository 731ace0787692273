/** Two persons enter the public value apart from each other; the campaign's workflow gets it when they agree. */
import type { Knex } from 'knex';
import type { z } from 'zod';
import { appendAudit } from '../../db/audit';
import { lockCampaign, type CampaignRow } from '../../db/campaigns';
import { readContributions, readLiveCeremony } from '../../db/ceremonies';
import { readDepartmentNames } from '../../db/organisation';
import { insertPublicEntry, readPublicEntries, type PublicEntryRow } from '../../db/public-values';
import { isPossible, refusal } from '../../domain/campaigns';
import { ceremonyPhase } from '../../domain/draw/ceremony-phase';
import { checkedEntry, roundsOf, sourceOf, type PublicEntry } from '../../domain/draw/public-value';
import { isPublicContributor } from '../../domain/draw/seed';
import { conflict, forbidden, notFound } from '../../domain/errors';
import { publicValuePost } from '../../domain/permissions/rules';
import type { ApiContext } from '../context';
import type { ApiRequest } from '../implement';
import type { publicValueBody } from '../schemas/campaigns';
import { scopeOf } from './campaign-detail';

type Entering = ApiRequest<{ code: string }, unknown, z.output<typeof publicValueBody>>;

/** An agreed value on its way into the ceremony; `key` is the same whoever sends it, so that it is recorded once. */
interface Agreed {
  key: string;
  value: string;
  source: string;
}

export async function enterPublicValue(request: Entering, { db, now, campaigns }: ApiContext) {
  const { code } = request.params;
  const { contributor } = request.body;
  const { campaign, outcome } = await db.transaction(async (trx) => {
    const locked = await lockCampaign(trx, code);
    return { campaign: locked, outcome: await enter(trx, locked, request, now()) };
  });
  if (typeof outcome === 'string') return { code, stage: campaign.stage, note: outcome };
  const { key, value, source } = outcome;
  const { actor, address, requestId } = request;
  const input = { campaign: code, key, actorId: actor.id, address, requestId, contributor, value, source };
  const { stage, note } = await campaigns.command('recordPublicValue', input, campaign.stage);
  return { code, stage, note: `两人登记一致。${note ?? ''}` };
}

/** Stores the entry; gives the agreed value, or what is still to be done in words. */
async function enter(
  trx: Knex,
  campaign: CampaignRow,
  request: Entering,
  now: Date,
): Promise<Agreed | string> {
  const { actor, body } = request;
  const post = publicValuePost(actor, await scopeOf(trx, campaign));
  if (!post) {
    throw forbidden(
      'not-your-campaign',
      '公共随机值由牵头人员、统筹协调、参与部门联络员或督查中的两人分别登记。',
    );
  }
  const { ceremonyId, isRecorded } = await openFor(trx, campaign, body.contributor);
  const entries = await readPublicEntries(trx, ceremonyId, body.contributor);
  const last = roundsOf(entries).at(-1);
  const [first] = last?.outcome === 'differing' ? [] : (last?.entries ?? []);
  const entry = checkedEntry(body.contributor, body, first === undefined);
  const key = `public-value/${ceremonyId}/${body.contributor}`;
  if (last?.outcome === 'agreed') {
    // One of the two says the same again: the answer was lost, and the ceremony may have the value by now.
    const isAgain = isSame(entry, last.entries[0]) && last.entries.some((one) => one.enteredBy === actor.id);
    if (isRecorded && !isAgain) throw recorded();
    // They agreed, and the workflow could not be reached then.
    assertSame(entry, last.entries[0]);
    return agreedOn(key, last.entries);
  }
  if (isRecorded) throw recorded();
  // The same once more: the answer to the first time was lost.
  if (first?.enteredBy === actor.id && isSame(entry, first)) return WAITING;
  if (first?.enteredBy === actor.id) {
    throw conflict('second-person', '您已经登记过，请由另一人独立登记；两人一致才生效。');
  }
  const round = first?.round ?? (last?.round ?? 0) + 1;
  const stored: Omit<PublicEntryRow, 'departmentName'> = {
    ...entry,
    ...post,
    round,
    place: first ? 2 : 1,
    enteredBy: actor.id,
    enteredAt: now,
  };
  await insertPublicEntry(trx, ceremonyId, body.contributor, stored);
  const both = roundsOf([...(first ? [first] : []), stored]).at(-1);
  const outcome = both?.outcome ?? 'pending';
  await appendAudit(trx, {
    actorId: actor.id,
    action: 'campaign.enterPublicValue',
    subject: `campaign/${campaign.code}`,
    address: request.address,
    requestId: request.requestId,
    after: { contributor: body.contributor, round, ...entry, outcome },
  });
  if (outcome === 'pending') return WAITING;
  if (outcome === 'differing') return '两人登记的不一致，均已公开显示。请核对后两人重新登记。';
  return agreedOn(key, both?.entries ?? []);
}

function agreedOn(key: string, entries: readonly PublicEntry[]): Agreed {
  const [first] = entries;
  if (!first) throw new Error('an agreed round has entries');
  return { key, value: first.value, source: sourceOf(first) };
}

const WAITING = '已登记。请另一人独立登记同一个值，两人一致才生效。';

const recorded = () => conflict('public-value-recorded', '公共随机值已经登记，不能更改。');

const isSame = (one: PublicEntry, other: PublicEntry | undefined): boolean =>
  one.value === other?.value && one.number === other.number && one.drawnOn === other.drawnOn;

function assertSame(entry: PublicEntry, agreed: PublicEntry | undefined): void {
  if (!isSame(entry, agreed)) {
    throw conflict('public-value-agreed', '两人已经登记一致，不能再登记别的值。');
  }
}

/** The ceremony that waits for this public source, or has had its value already. */
async function openFor(
  trx: Knex,
  campaign: CampaignRow,
  contributor: string,
): Promise<{ ceremonyId: number; isRecorded: boolean }> {
  if (!isPossible('recordPublicValue', campaign.stage)) {
    throw conflict('campaign-stage', refusal('recordPublicValue', campaign.stage));
  }
  const ceremony = await readLiveCeremony(trx, campaign.id);
  if (!ceremony) throw conflict('no-ceremony', '当前没有进行中的抽取仪式，请先冻结名录。');
  const contributions = await readContributions(trx, ceremony.id);
  const own = contributions.find((one) => one.contributor === contributor);
  if (!own) throw notFound('not-a-contributor', `${contributor} 不是本次抽取的公共随机源。`);
  if (own.value !== null) return { ceremonyId: ceremony.id, isRecorded: true };
  if (ceremonyPhase(ceremony.status, contributions) === 'revealing') {
    const names = await readDepartmentNames(trx);
    const waiting = contributions
      .filter((one) => !isPublicContributor(one.contributor) && one.value === null)
      .map((one) => names.get(one.contributor) ?? one.contributor);
    throw conflict('reveals-missing', `公共随机值最后登记：${waiting.join('、')}尚未揭示。`);
  }
  return { ceremonyId: ceremony.id, isRecorded: false };
}
