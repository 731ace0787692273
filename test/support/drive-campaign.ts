/** Officials at work: carries campaigns of the town through their stages, by whatever takes the commands. */
import type { Knex } from 'knex';
import { readCampaign, readTeams, type PlanRow } from '../../db/campaigns';
import { readLiveCeremony, type CeremonyRow } from '../../db/ceremonies';
import { openCases, readVisitItems, setVisitDay, storeResults } from '../../db/results';
import { finishTask } from '../../db/tasks';
import type { Command, Stage } from '../../domain/campaigns';
import type { CommandInput, StepOutcome } from '../../domain/commands';
import { dayOf } from '../../domain/deadlines/working-days';
import { sealOf } from '../../domain/draw/seed';
import { trackOf, type ResultCode } from '../../domain/visits/results';
import { buildCampaign } from './build-campaign';
import type { City } from './build-city';

export const secretOf = (department: string) => `the secret of ${department}, long enough`;

export interface Parts {
  db: Knex;
  city: City;
  command: (command: Command, input: CommandInput, stage: Stage) => Promise<StepOutcome>;
}

/** Of all drivers of a test file: a key names one command. */
let commands = 0;

export function campaignDriver({ db, city, command }: Parts) {
  /** Gives a command as somebody of the town. */
  async function as(user: string, code: string, name: Command, more: object = {}, key?: string) {
    const { stage } = await readCampaign(db, code);
    return command(
      name,
      {
        campaign: code,
        key: key ?? `test-${++commands}`,
        actorId: city.users[user] ?? 0,
        address: null,
        requestId: null,
        ...more,
      },
      stage,
    );
  }

  /** The ceremony that is under way, or the one that drew. */
  async function ceremonyOf(code: string): Promise<CeremonyRow> {
    const { id } = await readCampaign(db, code);
    const ceremony = await readLiveCeremony(db, id);
    if (!ceremony) throw new Error(`${code} has no live ceremony`);
    return ceremony;
  }

  const sealingOf = async (code: string, department: string) => ({
    department,
    seal: sealOf((await ceremonyOf(code)).commitment, department, secretOf(department)),
  });

  async function seal(code: string, ...departments: string[]): Promise<void> {
    for (const department of departments)
      await as(liaisonOf(department), code, 'seal', await sealingOf(code, department));
  }

  async function reveal(code: string, ...departments: string[]): Promise<void> {
    for (const department of departments) {
      await as(liaisonOf(department), code, 'reveal', { department, value: secretOf(department) });
    }
  }

  async function rollDice(code: string, value = '3,1,4'): Promise<void> {
    const entry = { contributor: 'public:dice', value, source: '现场直播' };
    await as('lead', code, 'recordPublicValue', entry);
  }

  async function departmentsOf(code: string): Promise<string[]> {
    const { id } = await readCampaign(db, code);
    return (await readTeams(db, id)).map(({ department }) => department);
  }

  /** Carries a campaign on to a stage. */
  async function carryTo(code: string, stage: Stage): Promise<void> {
    const steps: [Stage, () => Promise<unknown>][] = [
      ['submitted', () => as('lead', code, 'submit')],
      ['approved', () => as('approver', code, 'approve')],
      ['frozen', () => as('lead', code, 'freeze')],
      ['sealed', async () => seal(code, ...(await departmentsOf(code)))],
      ['drawn', () => drawNow(code)],
      ['dispatched', () => as('lead', code, 'dispatch')],
    ];
    const at = steps.findIndex(([reached]) => reached === stage);
    const now = (await readCampaign(db, code)).stage;
    const from = steps.findIndex(([reached]) => reached === now);
    for (const [, step] of steps.slice(from + 1, at + 1)) await step();
  }

  async function drawNow(code: string): Promise<void> {
    await reveal(code, ...(await departmentsOf(code)));
    const { public_contributor: isPublic } = await readCampaign(db, code);
    if (isPublic !== null) await rollDice(code);
    await as('lead', code, 'draw');
  }

  /** A new campaign at a stage. */
  async function campaignAt(stage: Stage, plan: Partial<PlanRow> = {}): Promise<string> {
    const code = await buildCampaign(db, city, plan);
    await carryTo(code, stage);
    return code;
  }

  return { as, campaignAt, carryTo, ceremonyOf, seal, sealOf: sealingOf, reveal, rollDice };
}

const liaisonOf = (department: string) => `${department.toLowerCase()}-liaison`;

/**
 * Writes the results of a campaign's open visits as the API does when officials hand them in; `resultOf` gives null
 * where somebody does not.
 */
export async function handInResults(
  db: Knex,
  code: string,
  at: Date,
  resultOf: (item: { visit: number; department: string }) => ResultCode | null = () => 1,
): Promise<void> {
  const { id: campaignId } = await readCampaign(db, code);
  const visits = await db('visits')
    .where({ campaign_id: campaignId })
    .whereNull('finished_at')
    .orderBy('number')
    .select<{ id: number; number: number }[]>('id', 'number');
  for (const visit of visits) {
    await db.transaction(async (trx) => {
      const open = (await readVisitItems(trx, visit.id)).filter((item) => item.result_code === null);
      const results = open.flatMap(({ item_code: item, department_code: department }) => {
        const resultCode = resultOf({ visit: visit.number, department });
        return resultCode === null ? [] : [{ item, department, resultCode, opinion: '', answers: {} }];
      });
      if (results.length === 0) return;
      const [actor] = await trx('users').orderBy('id').limit(1).pluck<number[]>('id');
      await storeResults(trx, visit.id, results, actor ?? 0, at);
      await setVisitDay(trx, visit.id, dayOf(at), results.length === open.length ? at : null);
      for (const { department } of results)
        await finishTask(trx, `results/${visit.id}/${department}`, { at, by: actor ?? null });
      const violations = results.flatMap((result) => {
        const track = trackOf(result.resultCode);
        return track === null ? [] : [{ ...result, track }];
      });
      await openCases(trx, { id: visit.id, campaign_id: campaignId }, violations);
    });
  }
}
