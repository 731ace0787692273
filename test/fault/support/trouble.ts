/** Does faults to a site as a seed draws them: before stages, in the middle of requests, and by themselves in between. */
import type { DemoStage } from '../../../server/demo/steps';
import { until } from '../../support/until';
import type { Draws } from './draws';
import type { FaultLog } from './fault-log';
import { KILLS, type Fault } from './faults';
import { MAIL_FAULTS } from './mail-line';
import type { Harm } from './meddling-proxy';
import type { Site } from './site';

const WHOLE_WITHIN_MS = 120_000;
/** In between kills, from and up to. */
const CALM_MS = [2000, 8000] as const;

/** Commands of which one request each suffers, and how many of them there may be. */
const REQUESTS: readonly [method: Harm['method'], path: RegExp, requests: number][] = [
  ['POST', /^\/registries\/\w+\/imports/, 2],
  ['POST', /^\/campaigns$/, 1],
  ['POST', /\/submit$/, 2],
  ['POST', /\/freeze$/, 1],
  ['POST', /\/seal$/, 5],
  ['POST', /\/reveal$/, 5],
  ['POST', /\/draw$/, 1],
  ['POST', /\/dispatch$/, 1],
  ['POST', /\/inspections\/decision$/, 5],
  ['PUT', /\/results$/, 200],
  ['PUT', /\/results$/, 200],
  ['POST', /\/answer$/, 1],
  ['POST', /^\/handling-cases/, 10],
  ['POST', /\/publish$/, 2],
  ['POST', /\/close$/, 1],
];

export interface Troubled {
  site: Site;
  log: FaultLog;
  draws: Draws;
  /** What happens beside the kills, one at each of as many stages. */
  others: readonly { stage: DemoStage; fault: Fault }[];
}

export class Trouble {
  /** What takes its time: the next does not begin before it is over. */
  private current: Promise<void> = Promise.resolve();
  private isOver = false;
  private looping: Promise<void> = Promise.resolve();
  private failure: Error | null = null;

  constructor(private readonly troubled: Troubled) {}

  /** In the middle of requests: which part dies, and whether the request or its answer is on the way. */
  harms(): Harm[] {
    const { draws } = this.troubled;
    return REQUESTS.map(([method, path, requests]) => {
      const fault = draws.one(KILLS);
      return {
        ...{ method, path, nth: 1 + draws.number(requests), when: draws.one(['sent', 'lost'] as const) },
        act: () => this.carryOut(fault).catch(this.remember),
      };
    });
  }

  async atStage(stage: DemoStage): Promise<void> {
    if (this.failure) throw this.failure;
    for (const one of this.troubled.others) if (one.stage === stage) this.enqueue(one.fault);
    // Nothing else happens meanwhile: the next stage begins in the middle of it.
    await Promise.resolve();
  }

  /** From now on parts are killed by themselves, and the next mails suffer. */
  begin(): void {
    const { site, draws } = this.troubled;
    for (const fault of draws.shuffled([...MAIL_FAULTS, ...MAIL_FAULTS])) site.lines.mail.next(fault);
    this.looping = this.killNowAndThen().catch(this.remember);
  }

  /** Resolves when the last fault is over and all is whole. */
  async end(): Promise<void> {
    this.isOver = true;
    await this.looping;
    await this.current;
    if (this.failure) throw this.failure;
  }

  private async killNowAndThen(): Promise<void> {
    const { draws } = this.troubled;
    const [least, most] = CALM_MS;
    while (!this.isDone()) {
      await new Promise((resolve) => setTimeout(resolve, least + draws.number(most - least)));
      await this.current;
      if (this.isDone()) return;
      this.enqueue(draws.one(KILLS));
      await this.current;
    }
  }

  private isDone(): boolean {
    return this.isOver;
  }

  private enqueue(fault: Fault): void {
    this.current = this.current.then(() => this.carryOut(fault)).catch(this.remember);
  }

  private async carryOut(fault: Fault): Promise<void> {
    const { site, log } = this.troubled;
    const began = performance.now();
    await fault.act(site);
    await untilWhole(site);
    log.add(fault, (performance.now() - began) / 1000);
  }

  private readonly remember = (error: unknown): void => {
    this.failure ??= error as Error;
  };
}

/** The API answers, and reaches the database and Temporal; every part is there. */
async function untilWhole(site: Site): Promise<void> {
  await until(
    async () => {
      const answer = await fetch(`http://127.0.0.1:${site.config.ports.web}/readyz`, {
        signal: AbortSignal.timeout(10_000),
      }).catch(() => null);
      return answer?.status === 200 && site.missing().length === 0;
    },
    Boolean,
    WHOLE_WITHIN_MS,
  );
}
