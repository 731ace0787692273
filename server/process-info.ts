import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Whether a process of this id exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  // A dead child that nobody has waited for yet still answers signals.
  return !/^\d+ \(.*\) Z/s.test(readProc(pid, 'stat') ?? '');
}

/** Tells two processes apart that had the same id at different times; null where it can't be told. */
export function startTimeOf(pid: number): string | null {
  const stat = readProc(pid, 'stat');
  // Field 22; the name in parentheses may itself hold spaces and parentheses.
  if (stat) return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  return ps(pid, 'lstart=');
}

/** The command line of a process, arguments joined by blanks; null where it can't be told. */
export function commandLineOf(pid: number): string | null {
  const cmdline = readProc(pid, 'cmdline');
  if (cmdline !== null) return cmdline.replaceAll('\0', ' ').trim();
  return ps(pid, 'command=');
}

/** Waits until the process is gone; false when it is still there after the time limit. */
export async function waitUntilGone(pid: number, timeoutMs: number): Promise<boolean> {
  const deadline = Date.now() + timeoutMs;
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return true;
}

/** Sends the signals in turn, each with its time to take effect; ends with SIGKILL. */
export async function endProcess(pid: number, steps: [NodeJS.Signals, number][]): Promise<void> {
  for (const [signal, patience] of [...steps, ['SIGKILL', 5000] as const]) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
      throw error;
    }
    if (await waitUntilGone(pid, patience)) return;
  }
}

function readProc(pid: number, file: string): string | null {
  if (process.platform !== 'linux') return null;
  try {
    return readFileSync(`/proc/${String(pid)}/${file}`, 'utf8');
  } catch {
    return null;
  }
}

function ps(pid: number, column: string): string | null {
  if (process.platform === 'win32' || process.platform === 'linux') return null;
  try {
    return execFileSync('ps', ['-p', String(pid), '-o', column], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}
