import { createOversightActivities } from '../../../activities/oversight';
import type { TestApi } from './support';

/** Moves the API's clock to the morning of a day, and sweeps a campaign's deadlines as oversight does then. */
export async function sweepOn({ db, clock }: TestApi, code: string, day: string): Promise<void> {
  clock.now = new Date(`${day}T01:00:00Z`);
  const { sweep } = createOversightActivities({
    db,
    now: () => clock.now,
    startHandling: () => Promise.resolve(),
    stepOfCase: () => Promise.resolve(),
  });
  await sweep(code);
}
