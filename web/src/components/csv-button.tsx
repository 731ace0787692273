import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

/** The whole list as a file, with the filters by which it is shown. */
export function CsvButton({ path, query }: { path: string; query: Record<string, string | undefined> }) {
  const { t } = useTranslation();
  const given = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const text = new URLSearchParams(given).toString();
  return (
    <Button
      icon={<DownloadOutlined aria-hidden />}
      href={`/api/v1/${path}.csv${text === '' ? '' : `?${text}`}`}
      download
    >
      {t('lists.csv')}
    </Button>
  );
}
