/**
 * Parsers under fire: any bytes are either read or refused in words of ours; none crashes a parser, keeps it busy for more than
 * two seconds or makes it need more memory than a server has to spare. `FUZZ_RUNS` says how many inputs each property tries.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import fc from 'fast-check';

/** Of the processor, not of the clock: a busy machine is no hang. */
const MOST_CPU_MS = 2000;
const MOST_MEGABYTES = 900;
/** After so long without an answer it is ended. */
const PATIENCE_MS = 30_000;

export interface Outcome {
  outcome: 'read' | 'refused' | 'crashed' | 'hung' | 'died';
  kept: Record<string, unknown>;
  cpuMs: number;
  megabytes: number;
}

export class GuardedParser {
  private child: ChildProcess | null = null;

  constructor(private readonly parser: string) {}

  /** Fails where the parser did, and says with what. */
  async feed(input: Buffer | string): Promise<Outcome> {
    let found = await this.parse(Buffer.from(input));
    // What else ran on the processor may have been a collection of garbage of the inputs before: a hang hangs again.
    if (found.cpuMs > MOST_CPU_MS) {
      await this.stop();
      found = await this.parse(Buffer.from(input));
    }
    const { outcome, kept, cpuMs, megabytes } = found;
    if (!['read', 'refused'].includes(outcome)) throw new Error(`${outcome}: ${JSON.stringify(kept)}`);
    if (cpuMs > MOST_CPU_MS) throw new Error(`busy for ${Math.round(cpuMs)} ms`);
    if (megabytes > MOST_MEGABYTES) throw new Error(`${Math.round(megabytes)} MB of memory`);
    return found;
  }

  async stop(): Promise<void> {
    const { child } = this;
    this.child = null;
    if (child?.connected !== true) return;
    const gone = once(child, 'exit');
    child.disconnect();
    await gone;
  }

  private async parse(input: Buffer): Promise<Outcome> {
    const child = (this.child ??= await this.start());
    return new Promise((resolve) => {
      const end = (outcome: Outcome) => {
        clearTimeout(timer);
        child.removeAllListeners('message').removeAllListeners('exit');
        resolve(outcome);
      };
      const lose = (outcome: 'hung' | 'died') => {
        this.child = null;
        end({ outcome, kept: {}, cpuMs: 0, megabytes: 0 });
      };
      const timer = setTimeout(() => {
        lose('hung');
        child.kill('SIGKILL');
      }, PATIENCE_MS);
      child.once('exit', () => {
        lose('died');
      });
      child.once('message', (answer) => {
        end(answer as Outcome);
      });
      child.send({ parser: this.parser, input: input.toString('base64') });
    });
  }

  private async start(): Promise<ChildProcess> {
    const child = fork(path.join(__dirname, 'parser-process.mjs'), {
      execArgv: ['--max-old-space-size=700'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    await once(child, 'message');
    return child;
  }
}

const RUNS = Number(process.env.FUZZ_RUNS ?? 150);
jest.setTimeout(120_000 + RUNS * 300);

/** Feeds what is drawn from `inputs`; `check` looks at what came of each. */
export async function fuzz<T>(
  parser: string,
  inputs: fc.Arbitrary<T>,
  toBytes: (input: T) => Buffer | string | Promise<Buffer>,
  check: (outcome: Outcome, input: T) => void = () => undefined,
): Promise<Record<string, number>> {
  const guarded = new GuardedParser(parser);
  const counts: Record<string, number> = { read: 0, refused: 0 };
  try {
    await fc.assert(
      fc.asyncProperty(inputs, async (input) => {
        const found = await guarded.feed(await toBytes(input));
        counts[found.outcome] = (counts[found.outcome] ?? 0) + 1;
        check(found, input);
      }),
      { numRuns: RUNS },
    );
  } finally {
    await guarded.stop();
  }
  return counts;
}
