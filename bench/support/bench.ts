/** What a file `bench/NAME.ts` exports as `bench`. */
export interface Bench {
  /** What is compared, in one line. */
  about: string;
  /** What `--size` counts. */
  sizeOf: string;
  defaultSize: number;
  /** Where it is not times that are compared. */
  fewestRounds?: number;
  prepare(size: number): Promise<Contest>;
}

/** Ours and the peers on the same input. */
export interface Contest {
  ours: Contender;
  peers: Contender[];
  /**
   * Before every run, and not timed: touches what they all read. Some machines take away memory that was not used for a
   * minute, which would charge each with how long the others took.
   */
  touch?(): Promise<void>;
  /** Throws where the outcomes of a round differ in what they must agree on; returns what is worth a line in the report. */
  check?(outcomes: ReadonlyMap<string, unknown>): string;
  /** What was measured as a plot, for `--svg`. */
  svg?(): string;
  close?(): Promise<void>;
}

export interface Contender {
  name: string;
  /** One run, timed by itself: preparations that the others don't need don't count. */
  run(): Promise<Timed>;
}

export interface Timed<T = unknown> {
  seconds: number;
  /** Processor seconds, where they are counted. */
  processor?: { client: number; postgres: number };
  outcome: T;
}

/** Times a call in this process. */
export async function timed<T>(call: () => T | Promise<T>): Promise<Timed<T>> {
  const began = process.hrtime.bigint();
  const outcome = await call();
  return { seconds: Number(process.hrtime.bigint() - began) / 1e9, outcome };
}
