/** Processor time of this process, of the programs it ran, and of a PostgreSQL, as Linux counts it. */
import { existsSync, readFileSync } from 'node:fs';
import { timed, type Timed } from './bench';

/** Linux counts in hundredths of a second, whatever its clock does. */
const TICKS_PER_SECOND = 100;

/** As `timed`; where the system tells, with the processor time of both sides. `postmaster`: PostgreSQL's first process. */
export async function metered<T>(postmaster: number, call: () => T | Promise<T>): Promise<Timed<T>> {
  if (!existsSync('/proc/self/stat')) return timed(call);
  const before = { client: ticks('self'), postgres: ticksOfAll(postmaster) };
  const measured = await timed(call);
  return {
    ...measured,
    processor: {
      client: (ticks('self') - before.client) / TICKS_PER_SECOND,
      postgres: (ticksOfAll(postmaster) - before.postgres) / TICKS_PER_SECOND,
    },
  };
}

/** With those children that have ended. */
function ticks(pid: number | 'self'): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name, in brackets, may hold spaces; after it come the state and then numbers.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user, system, userOfChildren, systemOfChildren] = fields.slice(11, 15).map(Number);
  return (user ?? 0) + (system ?? 0) + (userOfChildren ?? 0) + (systemOfChildren ?? 0);
}

/** With all children. */
function ticksOfAll(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean);
  return children.reduce((sum, child) => sum + ticksIfAlive(Number(child)), ticks(pid));
}

function ticksIfAlive(pid: number): number {
  try {
    return ticks(pid);
  } catch {
    // It ended since it was listed, and is counted with its parent from now on.
    return 0;
  }
}
