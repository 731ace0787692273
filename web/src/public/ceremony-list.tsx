import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client';
import type { CeremonyLine } from '../api/types';
import { Failure, Loading, Panel } from '../components/open-parts';
import { useTitle } from '../lib/use-title';
import { CeremonyRows } from './ceremony-index';

/** Ceremonies to come and past, and how anybody computes one again. */
export function PublicCeremonyList() {
  const { t } = useTranslation();
  useTitle(t('openPages.ceremonies.title'), t('openPages.ceremonies.lead'));
  const query = useQuery({
    queryKey: ['ceremonies'],
    queryFn: async () => (await answerOf(api.GET('/api/v1/public/ceremonies'))).rows,
    refetchInterval: 30_000,
  });
  return (
    <>
      <h1>{t('openPages.ceremonies.title')}</h1>
      <p className="lead">{t('openPages.ceremonies.lead')}</p>
      {query.error && <Failure error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loading />}
      {query.data && (
        <>
          <Panel title={t('openPages.ceremonies.coming')}>
            <Rows
              rows={query.data.filter((row) => !isOver(row))}
              empty={t('openPages.ceremonies.comingEmpty')}
            />
          </Panel>
          <Panel title={t('openPages.ceremonies.past')}>
            <Rows rows={query.data.filter(isOver)} empty={t('openPages.ceremonies.pastEmpty')} />
          </Panel>
        </>
      )}
      <Panel title={t('openPages.ceremonies.verify')}>
        <p>{t('openPages.ceremonies.verifyText')}</p>
        <p className="head-links">
          <a className="button" href="/verify.html">
            {t('openPages.ceremonies.verifier')}
          </a>
          <a href="/verify.py" download>
            {t('openPages.ceremonies.python')}
          </a>
        </p>
      </Panel>
    </>
  );
}

function Rows({ rows, empty }: { rows: CeremonyLine[]; empty: string }) {
  return rows.length === 0 ? <p className="muted">{empty}</p> : <CeremonyRows rows={rows} />;
}

const isOver = ({ status }: CeremonyLine): boolean => status === 'drawn' || status === 'void';
