import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { answerOf, api } from '../api/client';
import { Problem } from '../api/problem';
import type { Item } from '../api/types';
import { formatInstant } from '../lib/format';
import { useDepartments } from '../lib/use-organisation';
import { useTitle } from '../lib/use-title';
import { ChangesOf, FormText, ItemFacts, methodsOf } from './item-parts';
import { Failure, Loading, Panel } from './open-parts';

/** One item through time: what it says now, its check form, and what every version changed. */
export function PublicItemPage() {
  const { t } = useTranslation();
  const { code = '' } = useParams();
  const query = useQuery({
    queryKey: ['public-item', code],
    queryFn: () => answerOf(api.GET('/api/v1/public/items/{code}', { params: { path: { code } } })),
  });
  const [newest, ...older] = query.data?.rows ?? [];
  useTitle(newest?.name);
  if (query.error instanceof Problem && query.error.status === 404) {
    return <p className="lead">{t('items.noItem', { code })}</p>;
  }
  if (query.error) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  if (!newest) return <Loading />;
  return (
    <>
      <h1>{newest.name}</h1>
      <Headline item={newest} />
      <Panel title={t('items.versionOf', { n: newest.version })}>
        <ItemFacts item={newest} />
      </Panel>
      <Panel title={t('items.form')}>
        <FormText sections={newest.checkForm} />
      </Panel>
      <Panel title={t('items.history')}>
        <ul className="row-list">
          {[newest, ...older].map((item) => (
            <Version key={item.version} item={item} />
          ))}
        </ul>
      </Panel>
      <p>
        <Link to="/public/items">{t('items.backToList')}</Link>
      </p>
    </>
  );
}

function Headline({ item }: { item: Item }) {
  const { t } = useTranslation();
  const departments = useDepartments();
  const department = departments.data?.find((one) => one.code === item.departmentCode)?.name;
  return (
    <p className="lead">
      {department ?? item.departmentCode} · {item.code} · {t(`open.categories.${item.category}`)} ·{' '}
      {methodsOf(item, t)} · <strong>{t(`items.status.${item.status}`)}</strong>
    </p>
  );
}

function Version({ item }: { item: Item }) {
  const { t } = useTranslation();
  return (
    <li>
      <strong>{t('items.versionOf', { n: item.version })}</strong>{' '}
      <span className="muted small">
        {t(`items.status.${item.status}`)}
        {item.publishedAt && ` · ${t('items.from')} ${formatInstant(item.publishedAt)}`}
        {item.endedAt && ` · ${t('items.until')} ${formatInstant(item.endedAt)}`}
      </span>
      {item.changeReason && (
        <div className="small">
          {t('items.changeReason')}：{item.changeReason}
        </div>
      )}
      {item.endReason && (
        <div className="small">
          {t('items.endReason')}：{item.endReason}
        </div>
      )}
      {item.version === 1 ? (
        <div className="muted small">{t('items.firstVersion')}</div>
      ) : (
        <details>
          <summary className="small">{t('items.compareWith')}</summary>
          <ChangesOf code={item.code} version={item.version} />
        </details>
      )}
    </li>
  );
}
