import { useTranslation } from 'react-i18next';
import type { TaskCounts } from '../../api/types';
import './report.css';

const PARTS = ['onTime', 'late', 'overdue', 'waiting'] as const;
const ROW = 24;
const NAME = 150;
const TRACK = 540;
const WIDTH = 760;

export function ChartKey() {
  const { t } = useTranslation();
  return (
    <p className="bars-key small">
      {PARTS.map((part) => (
        <span key={part}>
          <i className={`chart-${part}`} /> {t(`board.columns.${part}`)}
        </span>
      ))}
    </p>
  );
}

const sumOf = (row: TaskCounts): number => PARTS.reduce((sum, part) => sum + row[part], 0);

function useLabel() {
  const { t } = useTranslation();
  return (name: string, { onTime, late, overdue, waiting }: TaskCounts) =>
    t('board.chartLabel', { name, onTime, late, overdue, waiting });
}

/** A bar per name, on one scale: what was done in time and late, what is overdue, what is not due yet. */
export function TaskBars({ rows }: { rows: readonly (TaskCounts & { code: string; name: string })[] }) {
  const labelOf = useLabel();
  const most = Math.max(1, ...rows.map(sumOf));
  return (
    <div className="scroll-x" tabIndex={0}>
      <svg className="task-chart" viewBox={`0 0 ${WIDTH} ${rows.length * ROW}`} role="list">
        {rows.map((row, at) => {
          const middle = at * ROW + ROW / 2;
          let x = NAME + 10;
          return (
            <g key={row.code} role="listitem" aria-label={labelOf(row.name, row)}>
              <text x={NAME} y={middle} textAnchor="end">
                {row.name.length > 11 ? `${row.name.slice(0, 10)}…` : row.name}
              </text>
              {PARTS.map((part) => {
                const width = (row[part] / most) * TRACK;
                const bar = (
                  <rect
                    key={part}
                    className={`chart-${part}`}
                    x={x}
                    y={middle - 8}
                    width={width}
                    height={16}
                  />
                );
                x += width;
                return bar;
              })}
              <text className="chart-muted" x={x + 6} y={middle}>
                {sumOf(row)}
              </text>
            </g>
          );
        })}
      </svg>
    </div>
  );
}

const HEIGHT = 170;
const FOOT = 26;
const MOST_LABELS = 12;

/** A column per week or month. */
export function TrendColumns({ rows }: { rows: readonly (TaskCounts & { start: string })[] }) {
  const labelOf = useLabel();
  const most = Math.max(1, ...rows.map(sumOf));
  const step = WIDTH / Math.max(rows.length, 6);
  const every = Math.ceil(rows.length / MOST_LABELS);
  return (
    <div className="scroll-x" tabIndex={0}>
      <svg className="task-chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="list">
        <line x1={0} x2={WIDTH} y1={HEIGHT - FOOT} y2={HEIGHT - FOOT} stroke="#566270" />
        {rows.map((row, at) => {
          let y = HEIGHT - FOOT;
          const middle = step * at + step / 2;
          const width = Math.min(step * 0.7, 44);
          return (
            <g key={row.start} role="listitem" aria-label={labelOf(row.start, row)} textAnchor="middle">
              {PARTS.map((part) => {
                const height = (row[part] / most) * (HEIGHT - FOOT - 18);
                y -= height;
                return (
                  <rect
                    key={part}
                    className={`chart-${part}`}
                    x={middle - width / 2}
                    y={y}
                    width={width}
                    height={height}
                  />
                );
              })}
              {sumOf(row) > 0 && rows.length <= 26 && (
                <text className="chart-muted" x={middle} y={y - 8}>
                  {sumOf(row)}
                </text>
              )}
              {at % every === 0 && (
                <text x={middle} y={HEIGHT - FOOT / 2 + 2}>
                  {row.start.slice(2)}
                </text>
              )}
            </g>
          );
        })}
      </svg>
    </div>
  );
}
