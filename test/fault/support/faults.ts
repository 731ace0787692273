/** What is done to a site, by name; each ends when what was broken is whole again. */
import { connect } from '../../../db/connect';
import { SERVICE_NAMES, type ServiceName } from '../../../server/supervisor/running';
import type { Site } from './site';

export interface Fault {
  name: string;
  /** How many kills it is. */
  kills: number;
  act: (site: Site) => Promise<void>;
}

const MINUTE_MS = 60_000;
const FULL_MS = 10_000;
/** Less than half of how long a session of the demo's officials lasts. */
const JUMP_MS = 40 * MINUTE_MS;

export const killOf = (part: ServiceName): Fault => ({
  name: `kill -9 ${part}`,
  kills: 1,
  act: (site) => site.kill(part),
});

export const KILLS: readonly Fault[] = SERVICE_NAMES.map(killOf);

const restarted = (name: string, kill: (site: Site) => Promise<void>): Fault => ({
  name,
  kills: 1,
  act: async (site) => {
    await kill(site);
    await site.start();
  },
});

/** Everything else than a killed part. */
export const OTHERS: readonly Fault[] = [
  restarted('kill -9 supervisor', (site) => site.killSupervisor()),
  restarted('kill -9 everything', (site) => site.killEverything()),
  ...SERVICE_NAMES.map((part) => ({
    name: `SIGSTOP ${part} for a minute`,
    kills: 0,
    act: (site: Site) => site.pause(part, MINUTE_MS),
  })),
  ...(['postgres', 'temporal', 'mail'] as const).map((server) => ({
    name: `connections to ${server} cut for 3 s`,
    kills: 0,
    act: (site: Site) => site.lines[server].cut(3000),
  })),
  ...[JUMP_MS, -JUMP_MS].map((offset) => ({
    name: `clock of worker and API ${offset > 0 ? 'ahead' : 'back'} by 40 minutes for 20 s`,
    kills: 0,
    act: async (site: Site) => {
      site.setClock(offset);
      await pause(20_000);
      site.setClock(0);
    },
  })),
  { name: 'disk of PostgreSQL full for 10 s', kills: 0, act: fillDatabaseDisk },
];

/** The disk is full in earnest: what needs room is refused while it lasts. */
async function fillDatabaseDisk(site: Site): Promise<void> {
  const disk = site.disks.postgres;
  if (!disk) throw new Error('this machine lets nobody mount a disk');
  const db = connect(site.databaseUrl, { poolMax: 1 });
  disk.fill();
  try {
    const end = Date.now() + FULL_MS;
    const written = await db
      .raw(`create temporary table filled as select repeat('x', 100) from generate_series(1, 1e5)`)
      .then(
        () => true,
        () => false,
      );
    if (written) throw new Error('the disk was not full');
    await pause(end - Date.now());
  } finally {
    disk.free();
    await db.destroy();
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
