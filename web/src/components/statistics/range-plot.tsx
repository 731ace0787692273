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
  /** Read out. */
  label: string;
}

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
          aria-label={row.isFlagged ? `${row.label}（${t('statistics.flagged')}）` : row.label}
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

/** A row in the words of its own numbers, whatever the scale of the plot. */
export function useRangeLabel(): (
  row: Pick<RangeRow, 'name' | 'observed' | 'expected' | 'low' | 'high'>,
) => string {
  const { t } = useTranslation();
  const shown = (value: number): string => String(Math.round(value * 10) / 10);
  return ({ name, observed, expected, low, high }) =>
    t('statistics.plotOf', {
      name,
      observed: shown(observed),
      expected: shown(expected),
      low: shown(low),
      high: shown(high),
    });
}
