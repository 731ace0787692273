/** A town for the tests of a file, with people at their browsers: ready before the first test, and gone after the last. */
import { startWebSystem, type SettingsAt, type WebSystem } from '../../support/web-system';
import { startVisitors, type Visitors } from './visitors';

export interface VisitedTown {
  readonly town: WebSystem;
  readonly visitors: Visitors;
}

/** Whoever is drawn, all three departments have to go there: of the town as it is built, each third entity is a venue. */
export async function everyDepartmentEverywhere({ db }: WebSystem): Promise<void> {
  await db('entities').update({ tags: ['catering', 'venue'] });
}

/** `build` prepares the town before anybody comes. After each test nothing may have gone wrong unseen on any page. */
export function visitedTown(
  build: (town: WebSystem) => Promise<void> = () => Promise.resolve(),
  settingsAt?: SettingsAt,
): VisitedTown {
  let started: VisitedTown | null = null;
  const running = (): VisitedTown => {
    if (!started) throw new Error('the town is not there before the tests');
    return started;
  };

  beforeAll(async () => {
    const town = await startWebSystem(settingsAt);
    await build(town);
    started = { town, visitors: await startVisitors(town.url) };
  }, 120_000);

  afterAll(async () => {
    await running().visitors.close();
    await running().town.stop();
  }, 60_000);

  afterEach(async () => {
    await running().visitors.lookForBarriers();
    expect(running().visitors.troubles()).toEqual([]);
  });

  return {
    get town() {
      return running().town;
    },
    get visitors() {
      return running().visitors;
    },
  };
}
