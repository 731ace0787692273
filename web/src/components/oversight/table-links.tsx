import { useTranslation } from 'react-i18next';
import { queryText } from './use-board-filter';

/** A table for programs and spreadsheets. */
export function TableLinks({ path, query }: { path: string; query: Record<string, string | undefined> }) {
  const { t } = useTranslation();
  return (
    <span className="report-links">
      {(['csv', 'xlsx'] as const).map((format) => (
        <a key={format} href={`${path}.${format}?${queryText(query)}`} download>
          {t(`board.${format}`)}
        </a>
      ))}
    </span>
  );
}
