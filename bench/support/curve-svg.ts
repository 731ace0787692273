export interface CurvePoint {
  size: number;
  seconds: number;
  /** Processor seconds; NaN where they are not counted. */
  processor: number;
}

const WIDTH = 720;
const HEIGHT = 440;
const PLOT = { left: 70, right: 660, top: 60, bottom: 380 };

interface Line {
  label: string;
  color: string;
  dashed?: boolean;
  points: [size: number, seconds: number][];
}

/**
 * Time over size, both axes in powers of ten, beside n log n through the point of the largest size: where the measured
 * points on its left lie above it, the cost has grown more slowly than n log n.
 */
export function curveSvg(title: string, points: readonly CurvePoint[]): string {
  const largest = points.at(-1);
  if (!largest) throw new Error('nothing was measured');
  const scale = largest.seconds / (largest.size * Math.log2(largest.size));
  const lines: Line[] = [
    {
      label: 'n log n through the largest size',
      color: '#888888',
      dashed: true,
      points: points.map(({ size }) => [size, scale * size * Math.log2(size)]),
    },
    {
      label: 'processor time, client and PostgreSQL together',
      color: '#d46b08',
      points: points.filter((one) => one.processor > 0).map((one) => [one.size, one.processor]),
    },
    { label: 'time', color: '#1677ff', points: points.map((one) => [one.size, one.seconds]) },
  ];
  const all = lines.flatMap((line) => line.points);
  const x = axis(
    all.map(([size]) => size),
    PLOT.left,
    PLOT.right,
  );
  const y = axis(
    all.map(([, seconds]) => seconds),
    PLOT.bottom,
    PLOT.top,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    text(PLOT.left, 24, title, 'font-size="15" font-weight="bold"'),
    ...x.powers.map((power) => gridLine(x.at(power), PLOT.top, x.at(power), PLOT.bottom)),
    ...y.powers.map((power) => gridLine(PLOT.left, y.at(power), PLOT.right, y.at(power))),
    ...x.powers.map((power) =>
      text(x.at(power), PLOT.bottom + 18, power.toLocaleString('en'), 'text-anchor="middle"'),
    ),
    ...y.powers.map((power) => text(PLOT.left - 8, y.at(power) + 4, `${power} s`, 'text-anchor="end"')),
    text((PLOT.left + PLOT.right) / 2, PLOT.bottom + 38, 'entities', 'text-anchor="middle"'),
    ...lines.map(({ color, dashed, points: own }) => {
      const path = own.map(([size, seconds]) => `${round(x.at(size))},${round(y.at(seconds))}`).join(' ');
      const dash = dashed ? ' stroke-dasharray="6 4"' : '';
      return `<polyline points="${path}" fill="none" stroke="${color}" stroke-width="2"${dash}/>`;
    }),
    ...lines.flatMap(({ color, dashed, points: own }) =>
      dashed
        ? []
        : own.map(
            ([size, seconds]) =>
              `<circle cx="${round(x.at(size))}" cy="${round(y.at(seconds))}" r="3.5" fill="${color}"/>`,
          ),
    ),
    ...[...lines]
      .reverse()
      .flatMap(({ label, color }, at) => [
        `<rect x="${PLOT.left + 12}" y="${PLOT.top + 9 + 18 * at}" width="14" height="4" fill="${color}"/>`,
        text(PLOT.left + 32, PLOT.top + 15 + 18 * at, label),
      ]),
    '</svg>',
    '',
  ].join('\n');
}

/** Logarithmic, from the power of ten below the least to the one above the largest. */
function axis(values: readonly number[], start: number, end: number) {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.ceil(Math.log10(Math.max(...values)));
  return {
    powers: Array.from({ length: high - low + 1 }, (_, at) => Number(`1e${low + at}`)),
    at: (value: number) => start + ((Math.log10(value) - low) / (high - low)) * (end - start),
  };
}

const gridLine = (x1: number, y1: number, x2: number, y2: number): string =>
  `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="#e5e5e5"/>`;

const text = (x: number, y: number, content: string, more = ''): string =>
  `<text x="${round(x)}" y="${round(y)}" fill="#333333" ${more}>${content}</text>`;

const round = (value: number): number => Math.round(value * 10) / 10;
