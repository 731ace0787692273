import { useTranslation } from 'react-i18next';
import type { ChanceReport } from '../../api/types';
import { tenths } from './parts';
import './statistics.css';

const HEIGHT = 190;
const STEP = 96;
const TOP = 24;
const LEFT = 12;

/** Observed as bars and expected as lines across them, by square roots: the usual picture of counts of rare events. */
export function Rootogram({ rows }: { rows: ChanceReport['times'] }) {
  const { t } = useTranslation();
  const most = Math.max(1, ...rows.flatMap((row) => [row.observed, row.expected]));
  const heightOf = (value: number) => (Math.sqrt(value) / Math.sqrt(most)) * (HEIGHT - TOP - 44);
  const base = HEIGHT - 44;
  const width = LEFT * 2 + STEP * Math.max(rows.length, 3);
  const label = rows
    .map(
      (row) =>
        `${t('statistics.chance.timesOne', { n: row.times })}：${t('statistics.observed')} ${row.observed}，${t('statistics.expected')} ${tenths(row.expected)}`,
    )
    .join('；');
  return (
    <svg
      className="rootogram"
      style={{ maxWidth: width }}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="img"
      aria-label={label}
    >
      <line x1={LEFT} x2={width - LEFT} y1={base} y2={base} stroke="#566270" />
      {rows.map((row, at) => {
        const middle = LEFT + STEP * at + STEP / 2;
        const level = base - heightOf(row.expected);
        return (
          <g key={row.times} textAnchor="middle">
            <rect
              x={middle - 24}
              width={48}
              y={base - heightOf(row.observed)}
              height={heightOf(row.observed)}
              fill="#7fa6c2"
            />
            <line x1={middle - 34} x2={middle + 34} y1={level} y2={level} stroke="#a86400" strokeWidth={3} />
            <text x={middle} y={base - Math.max(heightOf(row.observed), heightOf(row.expected)) - 8}>
              {row.observed}
            </text>
            <text x={middle} y={base + 17}>
              {t('statistics.chance.timesOne', { n: row.times })}
            </text>
            <text className="expected-text" x={middle} y={base + 35}>
              {t('statistics.expected')} {tenths(row.expected)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
