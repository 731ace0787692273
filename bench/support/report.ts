import os from 'node:os';
import type { Measured } from './alternate';

/** The last line with `--json`, for whoever keeps the numbers. */
export function jsonReport(bench: string, size: number, [ours, ...peers]: readonly Measured[]): string {
  if (!ours) throw new Error('nothing was measured');
  return JSON.stringify({
    bench,
    size,
    ours: { median: rounded(ours.median), unit: 's', ...processorOf(ours) },
    peers: peers.map((peer) => ({
      name: peer.name,
      median: rounded(peer.median),
      ratio: rounded(peer.median / ours.median),
      ...processorOf(peer),
    })),
    load: rounded(os.loadavg()[0] ?? NaN),
    memoryMiB: Math.round(process.resourceUsage().maxRSS / 1024),
    node: process.version,
    cpu: `${os.cpus()[0]?.model.trim() ?? 'unknown'} × ${os.availableParallelism()}`,
  });
}

const processorOf = ({ processor }: Measured) =>
  processor && {
    processor: { client: rounded(processor.client), postgres: rounded(processor.postgres) },
  };

/** `ratio`: how many times our time the other needs; above 1 we are faster. */
export function table(measured: readonly Measured[]): string {
  const ours = measured[0]?.median ?? NaN;
  const rows = measured.map((one) => [
    one.name,
    one.median.toFixed(3),
    `${one.lowest.toFixed(3)} – ${one.highest.toFixed(3)}`,
    (one.median / ours).toFixed(2),
    ...(one.processor
      ? [
          one.processor.client.toFixed(2),
          one.processor.postgres.toFixed(2),
          (busy(one) / busy(measured[0])).toFixed(2),
        ]
      : []),
  ]);
  const head = [
    ...['', 'median s', 'range s', 'ratio'],
    ...(measured[0]?.processor ? ['client cpu s', 'PostgreSQL cpu s', 'cpu ratio'] : []),
  ];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}

const busy = (one: Measured | undefined): number =>
  one?.processor ? one.processor.client + one.processor.postgres : NaN;

/** Three significant digits. */
const rounded = (value: number): number => Number(value.toPrecision(3));
