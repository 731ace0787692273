import { useTranslation } from 'react-i18next';
import './statistics.css';

export interface RangeRow {
  key: string;
  name: string;
  observed: number;
  expected: number;
  low: number;
  high: number;
  isFlagged: boolean;
  /** Behind the track. */
  text: string;
}

const shown = (value: number): string => String(Math.round(value * 10) / 10);

/** What was observed against a band of what is usual, all rows on one scale; read out row by row. */
export function RangePlot({ rows }: { rows: readonly RangeRow[] }) {
  const { t } = useTranslation();
  const least = Math.min(0, ...rows.flatMap((row) => [row.observed, row.low]));
  const most = Math.max(1, ...rows.flatMap((row) => [row.observed, row.high]));
  const at = (value: number) => `${((value - least) / (most - least)) * 96 + 2}%`;
  return (
    <figure className="range-plot">
      {rows.map((row) => (
        <div
          key={row.key}
          className="range-row"
          role="img"
          aria-label={
            t('statistics.plotOf', {
              name: row.name,
              observed: shown(row.observed),
              expected: shown(row.expected),
              low: shown(row.low),
              high: shown(row.high),
            }) + (row.isFlagged ? `（${t('statistics.flagged')}）` : '')
          }
        >
          <span className="range-name" title={row.name}>
            {row.name}
          </span>
          <span className="range-track">
            <span
              className="range-band"
              style={{ left: at(row.low), width: `${((row.high - row.low) / (most - least)) * 96}%` }}
            />
            <span className="range-expected" style={{ left: at(row.expected) }} />
            <span
              className={row.isFlagged ? 'range-dot is-flagged' : 'range-dot'}
              style={{ left: at(row.observed) }}
            />
          </span>
          <span className="range-text small">{row.text}</span>
        </div>
      ))}
    </figure>
  );
}
