import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { answerOf, api } from '../api/client';
import type { Item } from '../api/types';
import { useDepartmentName } from '../lib/use-organisation';
import { useTitle } from '../lib/use-title';
import { FormText, ItemFacts, methodsOf } from '../components/item/item-text';
import { Versions } from '../components/item/versions';
import { Loading, Panel } from '../components/open-parts';
import { PageFailure } from './page-failure';

/** One item through time: what it says now, its check form, and what every version changed. */
export function PublicItemPage() {
  const { t } = useTranslation();
  const { code = '' } = useParams();
  const query = useQuery({
    queryKey: ['public-item', code],
    queryFn: () => answerOf(api.GET('/api/v1/public/items/{code}', { params: { path: { code } } })),
  });
  const [newest] = query.data?.rows ?? [];
  useTitle(newest?.name, newest && t('openPages.item', { name: newest.name, code: newest.code }));
  if (query.error && !newest) {
    return (
      <PageFailure
        error={query.error}
        onRetry={() => void query.refetch()}
        list={{ to: '/public/items', text: t('items.backToList') }}
      />
    );
  }
  if (!newest) return <Loading />;
  return (
    <>
      <h1>{newest.name}</h1>
      <Headline item={newest} />
      <Panel title={t('items.versionOf', { n: newest.version })}>
        <ItemFacts item={newest} />
      </Panel>
      <Panel title={t('items.form')}>
        <FormText sections={newest.checkForm} opinions={newest.opinions} />
        {newest.checkForm.length > 0 && (
          <p>
            <Link to={`/public/items/${code}/form/print`}>{t('items.sheet.print')}</Link>
          </p>
        )}
      </Panel>
      <Panel title={t('items.history')}>
        <Versions items={query.data?.rows ?? []} isPublic />
      </Panel>
      <p>
        <Link to="/public/items">{t('items.backToList')}</Link>
      </p>
    </>
  );
}

function Headline({ item }: { item: Item }) {
  const { t } = useTranslation();
  const nameOf = useDepartmentName();
  return (
    <p className="lead">
      {nameOf(item.departmentCode)} · {item.code} · {t(`open.categories.${item.category}`)} ·{' '}
      {methodsOf(item, t)} · <strong>{t(`items.status.${item.status}`)}</strong>
    </p>
  );
}
