/** Times of many requests, by kind. */
export class Latencies {
  readonly #byKind = new Map<string, number[]>();

  add(kind: string, seconds: number): void {
    const list = this.#byKind.get(kind);
    if (list) list.push(seconds);
    else this.#byKind.set(kind, [seconds]);
  }

  /** Milliseconds in the middle and at the end, beside those of others who were asked the same. */
  table(others: Latencies): string {
    const kinds = [...this.#byKind.keys()];
    const line = (kind: string, ours: readonly number[], theirs: readonly number[]) =>
      [
        kind.padEnd(34),
        ...[0.5, 0.99].flatMap((part) => {
          const [one, other] = [quantile(ours, part), quantile(theirs, part)];
          return [(one * 1000).toFixed(1), (other * 1000).toFixed(1), (one / other).toFixed(2)];
        }),
      ]
        .map((cell, at) => (at === 0 ? cell : cell.padStart(9)))
        .join('');
    return [
      `${'milliseconds'.padEnd(34)}${['p50', 'by hand', 'ratio', 'p99', 'by hand', 'ratio'].map((title) => title.padStart(9)).join('')}`,
      ...kinds.map((kind) => line(kind, this.#of(kind), others.#of(kind))),
      line(
        'all',
        kinds.flatMap((kind) => this.#of(kind)),
        kinds.flatMap((kind) => others.#of(kind)),
      ),
    ].join('\n');
  }

  #of(kind: string): readonly number[] {
    return this.#byKind.get(kind) ?? [];
  }
}

/** The smallest value that as large a part of all is not above. */
function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? NaN;
}
