import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { BulletinSheet, SheetBar } from '../components/bulletin/bulletin-sheet';
import { Failure, Loading } from '../components/open-parts';
import { useTitle } from '../lib/use-title';
import { usePublicBulletin } from './use-public-bulletin';

export function PublicBulletinPrint() {
  const { t } = useTranslation();
  const { number = '' } = useParams();
  const query = usePublicBulletin(number);
  useTitle(query.data?.title);
  if (!query.data)
    return (
      <main className="page">
        {query.error ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : <Loading />}
      </main>
    );
  const { texts, report, ...bulletin } = query.data;
  return (
    <>
      <SheetBar to={<Link to={`/public/bulletins/${number}`}>← {t('bulletin.sheet.back')}</Link>} />
      {texts && report ? (
        <BulletinSheet bulletin={{ ...bulletin, texts, report }} sha256={bulletin.sha256 ?? ''} />
      ) : (
        <main className="page">
          <p className="note-bad">{t('bulletin.open.withdrawn')}</p>
        </main>
      )}
    </>
  );
}
