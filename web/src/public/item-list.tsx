import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client';
import type { Item } from '../api/types';
import { formatInstant, formatRatio } from '../lib/format';
import { useDepartments } from '../lib/use-organisation';
import { usePages } from '../lib/use-pages';
import { useTitle } from '../lib/use-title';
import { Facts, PagedList, Panel } from './open-parts';

/** The published items: nothing else may be inspected. */
export function PublicItemList() {
  const { t } = useTranslation();
  useTitle(t('open.itemsTitle'));
  const departments = useDepartments();
  const pages = usePages(['public-items'], (cursor) =>
    answerOf(api.GET('/api/v1/public/items', { params: { query: { cursor, limit: 50 } } })),
  );
  const nameOf = (code: string) => departments.data?.find((one) => one.code === code)?.name ?? code;
  return (
    <>
      <h1>{t('open.itemsTitle')}</h1>
      <p className="lead">{t('open.itemsLead')}</p>
      <PagedList pages={pages} empty={t('open.itemsEmpty')}>
        {(items) =>
          [...new Set(items.map((item) => item.departmentCode))].map((department) => (
            <Panel key={department} title={nameOf(department)}>
              <ul className="row-list">
                {items
                  .filter((item) => item.departmentCode === department)
                  .map((item) => (
                    <ItemRow key={item.code} item={item} />
                  ))}
              </ul>
            </Panel>
          ))
        }
      </PagedList>
    </>
  );
}

function ItemRow({ item }: { item: Item }) {
  const { t } = useTranslation();
  const methods = item.methods.map((method) => t(`open.methods.${method as 'on-site'}`)).join('、');
  const ratio = item.statutoryRatioPpm ?? item.ratioPpm;
  return (
    <li>
      <details>
        <summary>
          <strong>{item.name}</strong>{' '}
          <span className="muted small">
            {item.code} · {t(`open.categories.${item.category}`)} · {methods}
          </span>
        </summary>
        <Facts
          rows={[
            [
              t('open.basis'),
              <ul className="plain-list" key="basis">
                {item.legalBases.map((basis, at) => (
                  <li key={at}>
                    {basis.law} {basis.article} {basis.text}
                  </li>
                ))}
              </ul>,
            ],
            [t('open.content'), item.content || t('states.unset')],
            [t('open.ratio'), ratio === null ? t('states.unset') : formatRatio(ratio)],
            [t('open.frequency'), item.frequency || t('states.unset')],
          ]}
        />
        <p className="muted small">
          {item.publishedAt && t('open.version', { n: item.version, at: formatInstant(item.publishedAt) })}
        </p>
      </details>
    </li>
  );
}
