import { codeAt, groupAt, PIECE_RECORDS, RECORD_BYTES, regionAt, type PopulationGroup } from './records';
import { prefixModule, type PrefixModule } from './sha256-lanes';
import { entityTicket } from './tickets';

export interface SampledStratum {
  /** `*` in mode joint. */
  item: string;
  stratum: string;
  size: number;
  sample: number;
}

export interface DrawnEntity {
  item: string;
  stratum: string;
  /** From 1, in ticket order. */
  rank: number;
  code: string;
  ticket: string;
  region: string;
  group: number;
}

const HIGHEST = 2 ** 32 - 1;

interface Line extends SampledStratum {
  /** Only tickets that begin with at most this can be among the first `sample`. */
  limit: number;
  found: Omit<DrawnEntity, 'item' | 'stratum' | 'rank'>[];
}

/**
 * The first `sample` of each stratum by ticket (draw protocol, section 3), from records that come piece by piece.
 * Tickets are spread evenly, so those that can be drawn begin below a limit: only these are looked at closer.
 * Where fewer than `sample` lie below it, which is next to impossible, `missed` says so and the limit has to go.
 */
export class Sampler {
  private readonly hasher: PrefixModule;
  private readonly lines: Line[];
  private readonly byGroup: Line[][];
  private readonly limits: Float64Array;
  private readonly highest: number;

  constructor(
    private readonly seed: string,
    strata: readonly SampledStratum[],
    groups: readonly PopulationGroup[],
    useLimits = true,
  ) {
    this.hasher = prefixModule(seed, RECORD_BYTES, PIECE_RECORDS);
    this.lines = strata.map((line) => ({ ...line, limit: useLimits ? limitOf(line) : HIGHEST, found: [] }));
    this.byGroup = groups.map(({ stratum, items }) =>
      this.lines.filter(
        (line) =>
          line.sample > 0 && line.stratum === stratum && (line.item === '*' || items.includes(line.item)),
      ),
    );
    this.limits = Float64Array.from(this.byGroup, (lines) =>
      Math.max(-1, ...lines.map((line) => line.limit)),
    );
    this.highest = this.limits.reduce((highest, limit) => Math.max(highest, limit), -1);
  }

  /** `records`: text of a piece. */
  add(records: string): void {
    const { records: memory, prefixes, run } = this.hasher;
    const bytes = Buffer.from(memory.buffer, memory.byteOffset, memory.length);
    const count = bytes.write(records, 'latin1') / RECORD_BYTES;
    run(count);
    for (let at = 0; at < count; at += 1) {
      const prefix = prefixes[at] ?? 0;
      if (prefix > this.highest) continue;
      const group = groupAt(memory, at);
      if (prefix <= (this.limits[group] ?? -1)) this.keep(at, prefix, group);
    }
  }

  private keep(at: number, prefix: number, group: number): void {
    const code = codeAt(this.hasher.records, at);
    const found = {
      code,
      ticket: entityTicket(this.seed, code),
      region: regionAt(this.hasher.records, at),
      group,
    };
    for (const line of this.byGroup[group] ?? []) if (prefix <= line.limit) line.found.push(found);
  }

  get missed(): boolean {
    return this.lines.some((line) => line.found.length < line.sample);
  }

  /** By item, stratum and rank, in the manifest's order. */
  *drawn(): Generator<DrawnEntity> {
    for (const { item, stratum, sample, found } of this.lines) {
      found.sort((a, b) => (a.ticket < b.ticket ? -1 : 1));
      for (let rank = 1; rank <= sample; rank += 1) {
        const one = found[rank - 1];
        if (!one) throw new Error(`stratum ${item}/${stratum} has fewer than ${sample} entities`);
        yield { item, stratum, rank, ...one };
      }
    }
  }
}

/** Ten standard deviations above where the last drawn ticket is expected. */
function limitOf({ size, sample }: SampledStratum): number {
  if (size === 0) return HIGHEST;
  const enough = sample + 10 * Math.sqrt(sample) + 100;
  return Math.min(HIGHEST, Math.ceil((enough / size) * 2 ** 32));
}
