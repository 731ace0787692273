import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A program that answers each line on its standard input with one line of JSON. */
export interface LineProcess {
  ask(line: string): Promise<unknown>;
  end(): Promise<void>;
}

export function startLineProcess(command: string, args: readonly string[]): LineProcess {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(line) {
      child.stdin.write(`${line}\n`);
      const answer = await answers.next();
      if (answer.done) throw new Error(`${command} ${args.join(' ')} ended without an answer`);
      return JSON.parse(answer.value) as unknown;
    },
    async end() {
      child.stdin.end();
      await closed;
    },
  };
}
