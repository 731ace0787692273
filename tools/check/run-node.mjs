import { spawn } from 'node:child_process';

const running = new Set();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    for (const child of running) child.kill(signal);
    // Test runs stop their servers first; what hangs after that is not waited for.
    setTimeout(() => process.exit(1), 10_000).unref();
    void Promise.all([...running].map((child) => new Promise((resolve) => child.once('exit', resolve)))).then(
      () => process.exit(1),
    );
  });
}

/**
 * Runs this same Node on a script; resolves with its exit code and all output. `onLine` gets lines as they come.
 * After `timeoutMs` it is ended, and the code is null.
 */
export function runNode(args, { timeoutMs, onLine = () => undefined }) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, CI: process.env.CI ?? 'true' },
    });
    running.add(child);
    let output = '';
    let line = '';
    let timedOut = false;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
        const lines = (line + text).split('\n');
        line = lines.pop() ?? '';
        lines.forEach(onLine);
      });
    }
    const timer = setTimeout(() => {
      timedOut = true;
      output += `\nstill running after ${timeoutMs / 1000} s: ended\n`;
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), 15_000).unref();
    }, timeoutMs);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ code: timedOut ? null : code, output });
    });
  });
}
