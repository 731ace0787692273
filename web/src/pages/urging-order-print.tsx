import { useTranslation } from 'react-i18next';
import { Link, Navigate, useLocation, useParams } from 'react-router';
import type { UrgingOrderDetail } from '../api/types';
import '../components/a4-sheet.css';
import { FactRows } from '../components/fact-rows';
import { Failure, Loading } from '../components/open-parts';
import { ConcernedTasks, useOrderFacts } from '../components/urging/order-facts';
import { OrderRounds } from '../components/urging/order-rounds';
import { useOrder } from '../components/urging/use-order';
import { useTitle } from '../lib/use-title';
import { useSession } from '../session/use-session';

/** An urging order as a document on A4. */
export function UrgingOrderPrint() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const { number = '' } = useParams();
  const { data: me } = useSession();
  const query = useOrder(number);
  useTitle(t('urging.number', { number }));
  if (me === null) return <Navigate to={`/login?from=${encodeURIComponent(pathname)}`} replace />;
  return (
    <>
      <p className="minutes-bar">
        <Link to={`/urging-orders/${number}`}>← {t('urging.sheet.back')}</Link>
        {query.data && (
          <button type="button" className="button" onClick={() => window.print()}>
            {t('minutes.print')}
          </button>
        )}
      </p>
      {query.data ? (
        <Sheet order={query.data} />
      ) : (
        <main className="page">
          {query.error ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : <Loading />}
        </main>
      )}
    </>
  );
}

function Sheet({ order }: { order: UrgingOrderDetail }) {
  const { t } = useTranslation();
  const facts = useOrderFacts(order);
  return (
    <main id="content" className="minutes">
      <h1>{t('urging.sheet.title')}</h1>
      <p className="minutes-number">
        {order.number} · {t(`urging.states.${order.status}`)}
      </p>
      <table className="minutes-facts">
        <tbody>
          <FactRows rows={facts} />
        </tbody>
      </table>
      <h2>{t('urging.concerned')}</h2>
      <ConcernedTasks order={order} />
      <h2>{t('urging.rounds')}</h2>
      {order.rounds.every((round) => round.answer === null) && <p>{t('urging.unanswered')}</p>}
      <OrderRounds order={order} />
      <div className="minutes-signatures">
        <p>
          {t('urging.sheet.office')}
          <span className="minutes-line" /> {t('urging.sheet.date')}
          <span className="minutes-line minutes-short" />
        </p>
        <p>
          {t('urging.sheet.receiptLine')}
          <span className="minutes-line" /> {t('urging.sheet.date')}
          <span className="minutes-line minutes-short" />
        </p>
      </div>
      <p className="minutes-foot">{t('urging.sheet.foot')}</p>
    </main>
  );
}
