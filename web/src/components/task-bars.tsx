import { useTranslation } from 'react-i18next';
import type { OversightRow } from '../api/types';

const PARTS = ['onTime', 'late', 'notYetDue', 'overdue'] as const;

/** A bar per department: what was done on time and late, what is open and overdue, on one scale. */
export function TaskBars({ rows }: { rows: OversightRow[] }) {
  const { t } = useTranslation();
  const bars = rows.map((row) => ({
    name: row.department.name,
    parts: {
      onTime: row.doneOnTime,
      late: row.doneLate,
      notYetDue: Math.max(0, row.openTasks - row.overdueNow),
      overdue: row.overdueNow,
    },
  }));
  const longest = Math.max(1, ...bars.map(({ parts }) => PARTS.reduce((sum, part) => sum + parts[part], 0)));
  return (
    <figure className="bars">
      <figcaption className="bars-key small">
        {PARTS.map((part) => (
          <span key={part}>
            <i className={`bar-${part}`} /> {t(`oversight.${part}`)}
          </span>
        ))}
      </figcaption>
      {bars.map(({ name, parts }) => (
        <div
          key={name}
          className="bar-row"
          role="img"
          aria-label={`${name}：${PARTS.map((part) => `${t(`oversight.${part}`)} ${parts[part]}`).join('，')}`}
        >
          <span className="bar-name">{name}</span>
          <span className="bar-track">
            {PARTS.map(
              (part) =>
                parts[part] > 0 && (
                  <span
                    key={part}
                    className={`bar-${part}`}
                    title={`${t(`oversight.${part}`)} ${parts[part]}`}
                    style={{ width: `${(parts[part] / longest) * 100}%` }}
                  />
                ),
            )}
          </span>
        </div>
      ))}
      <p className="muted small">{t('oversight.chartHint')}</p>
    </figure>
  );
}
