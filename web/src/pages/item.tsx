import { useQuery } from '@tanstack/react-query';
import { Alert, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { answerOf, api } from '../api/client';
import type { Item } from '../api/types';
import { FormPreview } from '../components/item/form-preview';
import { ItemActions } from '../components/item/item-actions';
import { ItemStatus } from '../components/item/item-status';
import { ChangesOf, FormText, ItemFacts, methodsOf } from '../components/item/item-text';
import { Versions } from '../components/item/versions';
import { LinkButton } from '../components/link-button';
import { Loaded } from '../components/loaded';
import { useDepartmentName } from '../lib/use-organisation';
import { useTitle } from '../lib/use-title';
import { useSession } from '../session/use-session';

/** One item for those who write and review it: its newest version, and what that changes in what is in force. */
export function ItemPage() {
  const { code = '' } = useParams();
  const query = useQuery({
    queryKey: ['item-versions', code],
    queryFn: () => answerOf(api.GET('/api/v1/items/{code}/versions', { params: { path: { code } } })),
  });
  useTitle(query.data?.rows[0]?.name);
  return <Loaded query={query}>{({ rows }) => <Content versions={rows} />}</Loaded>;
}

function Content({ versions }: { versions: Item[] }) {
  const { t } = useTranslation();
  const { data: me } = useSession();
  const nameOf = useDepartmentName();
  const [item] = versions;
  if (!item) return null;
  const inForce = versions.find((one) => one.status === 'published');
  const isRevision = inForce !== undefined && inForce.version < item.version;
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{item.name}</h1>
          <div className="muted">
            {item.code} · {nameOf(item.departmentCode)} · {t(`open.categories.${item.category}`)} ·{' '}
            {methodsOf(item, t)}
          </div>
        </div>
        <div className="filters">
          <ItemStatus status={item.status} />
          {inForce && <LinkButton to={`/public/items/${item.code}`}>{t('campaign.publicPage')}</LinkButton>}
        </div>
      </div>
      <div className="gap-below">{me && <ItemActions item={item} me={me} />}</div>
      {item.returnedReason && (
        <Alert
          type="warning"
          className="gap-below"
          title={t('items.returned', { reason: item.returnedReason })}
        />
      )}
      {isRevision && (
        <Alert
          type="info"
          className="gap-below"
          title={t('items.inForce', { n: inForce.version, m: item.version })}
        />
      )}
      <div className="stack">
        {isRevision && (
          <Card title={t('items.review')}>
            <ChangesOf code={item.code} from={inForce.version} to={item.version} />
          </Card>
        )}
        <Card title={t('items.versionOf', { n: item.version })}>
          <ItemFacts item={item} />
        </Card>
        <Card title={t('items.preview')}>
          {item.checkForm.length > 0 && (
            <div className="tags gap-below">
              <FormPreview read={() => item} />
              <LinkButton to={`/items/${item.code}/form/print`}>{t('items.sheet.print')}</LinkButton>
            </div>
          )}
          <FormText sections={item.checkForm} opinions={item.opinions} />
        </Card>
        <Card title={t('items.history')}>
          <Versions items={versions} />
        </Card>
      </div>
    </>
  );
}
