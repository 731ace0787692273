import { useTranslation } from 'react-i18next';
import { Link, Navigate, useLocation, useParams } from 'react-router';
import { BulletinSheet, SheetBar } from '../components/bulletin/bulletin-sheet';
import { useBulletin } from '../components/bulletin/use-bulletin';
import { FileLinks } from '../components/documents/file-links';
import { Failure, Loading } from '../components/open-parts';
import { useTitle } from '../lib/use-title';
import { useSession } from '../session/use-session';

export function BulletinPrint() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const { number = '' } = useParams();
  const { data: me } = useSession();
  const query = useBulletin(number);
  useTitle(query.data?.title);
  if (me === null) return <Navigate to={`/login?from=${encodeURIComponent(pathname)}`} replace />;
  if (!query.data)
    return (
      <main className="page">
        {query.error ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : <Loading />}
      </main>
    );
  return (
    <>
      <SheetBar
        to={<Link to={`/bulletins/${number}`}>← {t('bulletin.sheet.back')}</Link>}
        files={<FileLinks href={`/api/v1/bulletins/${number}/document`} name={query.data.title} />}
      />
      <BulletinSheet bulletin={query.data} sha256={query.data.freezes[0]?.sha256 ?? ''} />
    </>
  );
}
