import type { ChildProcess } from 'node:child_process';
import { endProcess } from '../process-info';

type Ending = [NodeJS.Signals, number][];

const children = new Map<ChildProcess, Ending>();

/** Marks a process as one that must not outlive this one, also where the service never gets ready. */
export function ownChild(child: ChildProcess, ending: Ending): void {
  children.set(child, ending);
  child.once('exit', () => children.delete(child));
}

export async function endOwnChildren(): Promise<void> {
  await Promise.all(
    [...children].map(async ([{ pid }, ending]) => {
      if (pid !== undefined) await endProcess(pid, ending);
    }),
  );
}
