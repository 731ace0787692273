/** What was done to the system, how long it took until it was whole again, and what came of it. */
export interface FaultLine {
  fault: string;
  times: number;
  /** Seconds until the system answered again; null: it never stopped. */
  median: number | null;
  longest: number | null;
}

export class FaultLog {
  private readonly seconds = new Map<string, (number | null)[]>();
  kills = 0;

  add({ name, kills }: { name: string; kills: number }, seconds: number | null): void {
    this.kills += kills;
    const known = this.seconds.get(name) ?? [];
    this.seconds.set(name, [...known, seconds]);
  }

  lines(): FaultLine[] {
    return [...this.seconds]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([fault, all]) => {
        const sorted = all.filter((one) => one !== null).sort((one, other) => one - other);
        return {
          fault,
          times: all.length,
          median: sorted[Math.floor(sorted.length / 2)] ?? null,
          longest: sorted.at(-1) ?? null,
        };
      });
  }
}
