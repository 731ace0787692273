import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { WatchedCeremony } from '../api/types';

/** What a draw led to may have changed since: then it is said that this is not the draw's own list any more. */
export function AmendedNote({ code, ceremony }: { code: string; ceremony: WatchedCeremony }) {
  const { t } = useTranslation();
  if (ceremony.amendments === 0) return null;
  return (
    <p className="note">
      {t('wall.amended', { n: ceremony.amendments })}{' '}
      <Link to={`/public/${code}#record`}>{t('wall.seeRecord')}</Link>
    </p>
  );
}
