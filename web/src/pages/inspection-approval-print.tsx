import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, useLocation, useParams } from 'react-router';
import { answerOf, api } from '../api/client';
import { Failure, Loading } from '../components/open-parts';
import { ApprovalSheet } from '../components/visit/approval-sheet';
import { usePapers } from '../components/visit/use-papers';
import { useTitle } from '../lib/use-title';
import { useSession } from '../session/use-session';

/** The approval of a visit's inspections on A4, a sheet for each department. */
export function InspectionApprovalPrint() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const id = Number(useParams().id);
  const { data: me } = useSession();
  const visit = useQuery({
    queryKey: ['visit', id],
    queryFn: () => answerOf(api.GET('/api/v1/visits/{id}', { params: { path: { id } } })),
  });
  const papers = usePapers(id);
  useTitle(t('approvalSheet.title'));
  if (me === null) return <Navigate to={`/login?from=${encodeURIComponent(pathname)}`} replace />;
  const isThere = visit.data && papers.data;
  const error = visit.error ?? papers.error;
  return (
    <>
      <p className="minutes-bar">
        <Link to={`/visits/${id}`}>← {t('noticeSheet.back')}</Link>
        {isThere && visit.data.approvals.length > 0 && (
          <button type="button" className="button" onClick={() => window.print()}>
            {t('minutes.print')}
          </button>
        )}
      </p>
      {isThere && visit.data.approvals.length > 0 ? (
        <main id="content">
          {visit.data.approvals.map((approval) => (
            <ApprovalSheet
              key={approval.department.code}
              visit={visit.data}
              papers={papers.data}
              approval={approval}
            />
          ))}
        </main>
      ) : (
        <main id="content" className="page">
          {isThere && <p className="muted">{t('approvalSheet.none')}</p>}
          {!isThere &&
            (error ? (
              <Failure error={error} onRetry={() => void (visit.error ? visit : papers).refetch()} />
            ) : (
              <Loading />
            ))}
        </main>
      )}
    </>
  );
}
