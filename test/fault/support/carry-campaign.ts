/** The demo's campaign on a system that is disturbed meanwhile. */
import type { Knex } from 'knex';
import { dayOf } from '../../../domain/deadlines/working-days';
import { entitiesCsv, inspectorsCsv } from '../../../examples/as-csv';
import { inventedCity } from '../../../examples/invented-city';
import type { Officials } from '../../../server/demo/officials';
import { carryCampaign, type CarriedCampaign } from '../../../server/demo/run-demo';
import { patiently, type DemoStage } from '../../../server/demo/steps';
import { readVisits, type DrawnVisit } from './aftermath';
import type { RunningSystem } from './running-system';

export interface Disturbed extends CarriedCampaign {
  /** The visits as they were before they were dispatched. */
  drawn: DrawnVisit[];
  stages: DemoStage[];
}

export interface Disturbing {
  officials: Officials;
  resultsSeconds: number;
  /** Before a stage begins. */
  atStage: (stage: DemoStage) => Promise<void>;
}

export async function carryDisturbed(
  system: RunningSystem,
  db: Knex,
  { officials, resultsSeconds, atStage }: Disturbing,
): Promise<Disturbed> {
  const city = inventedCity({ today: dayOf(new Date()) });
  const files = [
    { kind: 'entities', name: 'entities.csv', content: Buffer.from(entitiesCsv(city)) },
    { kind: 'inspectors', name: 'inspectors.csv', content: Buffer.from(inspectorsCsv(city)) },
  ] as const;
  const stages: DemoStage[] = [];
  let drawn: DrawnVisit[] = [];
  const stage = async (name: DemoStage) => {
    if (name === 'dispatch') drawn = await patiently(() => newestVisits(db));
    stages.push(name);
    await atStage(name);
  };
  try {
    const campaign = await carryCampaign(
      officials,
      { files, mode: 'joint', resultsSeconds },
      { stage, progress: () => undefined, note: () => undefined },
    );
    await stage('mails');
    return { ...campaign, drawn, stages };
  } catch (error) {
    system.keepFolder();
    throw new Error(`${(error as Error).message}\nafter ${stages.join(', ')}\n${system.output}`, {
      cause: error,
    });
  }
}

async function newestVisits(db: Knex): Promise<DrawnVisit[]> {
  const { code } = await db('campaigns').orderBy('id', 'desc').first<{ code: string }>('code');
  return readVisits(db, code);
}
