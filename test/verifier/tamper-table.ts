import { EFFORTS } from './repair';
import { BESIDE_TAMPERINGS, TAMPERINGS } from './tamperings';

const HEADER = [
  '#',
  'what is changed',
  'the file',
  '+ `SHA256SUMS`',
  '+ digests, commitment',
  '+ all that follows',
];

interface Row {
  name: string;
  mode: string;
  found: Partial<Record<(typeof EFFORTS)[number], string>>;
}

/** The table of docs/draw.md: a line for each way to cheat, a column for each effort, the check that finds it. */
export function tamperTable(): string {
  let number = 0;
  const parts: [string, Row[]][] = Object.entries({ ...TAMPERINGS, ...BESIDE_TAMPERINGS });
  const rows = parts.flatMap(([part, tamperings]) => [
    ['', `**${part}**`, '', '', '', ''],
    ...tamperings.map(({ name, mode, found }) => [
      String(++number),
      mode === 'per_item' ? `${name} (\`per_item\`)` : name,
      ...EFFORTS.map((effort) => (found[effort] === undefined ? '' : `\`${found[effort]}\``)),
    ]),
  ]);
  const widths = HEADER.map((title, at) =>
    Math.max(...[title, ...rows.map((row) => row[at] ?? '')].map((cell) => cell.length), 3),
  );
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, at) => (at === 0 ? (row[at] ?? '').padStart(width) : (row[at] ?? '').padEnd(width))).join(' | ')} |`;
  const rule = widths.map((width, at) => (at === 0 ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)));
  return [HEADER, rule, ...rows].map(line).join('\n');
}
