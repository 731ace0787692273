import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useLocation, useParams, useSearchParams } from 'react-router';
import { answerOf, api } from '../api/client';
import { FileLinks } from '../components/documents/file-links';
import { Failure, Loading } from '../components/open-parts';
import { usePapers } from '../components/visit/use-papers';
import { VisitFormSheet } from '../components/visit/visit-form-sheet';
import { useTitle } from '../lib/use-title';
import { useSession } from '../session/use-session';

/** All check forms of a visit on A4, item by item: blank, or as they were filled in. */
export function VisitFormsPrint() {
  const { t } = useTranslation();
  const { pathname, search } = useLocation();
  const id = Number(useParams().id);
  const isFilled = useSearchParams()[0].get('filled') !== null;
  const { data: me } = useSession();
  const query = useQuery({
    queryKey: ['visit', id],
    queryFn: () => answerOf(api.GET('/api/v1/visits/{id}', { params: { path: { id } } })),
  });
  const papers = usePapers(id);
  useTitle(t(isFilled ? 'formsSheet.filled' : 'formsSheet.blank'));
  if (me === null) return <Navigate to={`/login?from=${encodeURIComponent(pathname + search)}`} replace />;
  const visit = query.data;
  const error = query.error ?? papers.error;
  const certificates = new Map(
    papers.data?.departments.flatMap(({ inspectors }) =>
      inspectors.map((one) => [one.code, one.certificate] as const),
    ),
  );
  return (
    <>
      <p className="minutes-bar">
        <Link to={`/visits/${id}`}>← {t('noticeSheet.back')}</Link>
        {visit && papers.data && (
          <span className="head-links">
            <FileLinks
              href={`/api/v1/visits/${id}/check-forms?filled=${String(isFilled)}`}
              name={t(isFilled ? 'formsSheet.filled' : 'formsSheet.blank')}
            />
            <button type="button" className="button" onClick={() => window.print()}>
              {t('minutes.print')}
            </button>
          </span>
        )}
      </p>
      {visit && papers.data ? (
        <main id="content">
          {visit.items.map((item) => (
            <VisitFormSheet
              key={item.item.code}
              visit={visit}
              item={item}
              isFilled={isFilled}
              certificates={certificates}
            />
          ))}
        </main>
      ) : (
        <main className="page">
          {error ? (
            <Failure error={error} onRetry={() => void (query.error ? query : papers).refetch()} />
          ) : (
            <Loading />
          )}
        </main>
      )}
    </>
  );
}
