import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { answerOf, api } from '../api/client';
import type { Item } from '../api/types';
import { formatInstant } from '../lib/format';
import { useDepartmentName, useDepartments } from '../lib/use-organisation';
import { useOpenPages } from '../lib/use-open-pages';
import { useTitle } from '../lib/use-title';
import { ItemFacts, methodsOf } from '../components/item/item-text';
import { PagedList, Panel } from '../components/open-parts';

const FORMATS = ['xlsx', 'csv', 'json'] as const;

/** The published items: nothing else may be inspected. */
export function PublicItemList() {
  const { t } = useTranslation();
  useTitle(t('open.itemsTitle'), t('open.itemsLead'));
  const [search, setSearch] = useSearchParams();
  const department = search.get('department') ?? undefined;
  const departments = useDepartments();
  const pages = useOpenPages('after', ['public-items', department], (cursor) =>
    answerOf(api.GET('/api/v1/public/items', { params: { query: { cursor, department, limit: 50 } } })),
  );
  const nameOf = useDepartmentName();
  return (
    <>
      <h1>{t('open.itemsTitle')}</h1>
      <p className="lead">{t('open.itemsLead')}</p>
      <div className="list-tools">
        <form method="get">
          <label>
            <span className="muted small">{t('items.department')}</span>
            <select
              name="department"
              value={department ?? ''}
              onChange={({ target }) => setSearch(target.value === '' ? {} : { department: target.value })}
            >
              <option value="">{t('items.allDepartments')}</option>
              {departments.data
                ?.filter((one) => one.kind === 'inspecting')
                .map((one) => (
                  <option key={one.code} value={one.code}>
                    {one.name}
                  </option>
                ))}
            </select>
          </label>
          <noscript>
            <button type="submit" className="plain-button">
              {t('openPages.choose')}
            </button>
          </noscript>
        </form>
        <p className="small">
          <strong>{t('items.openData')}</strong> <span className="muted">{t('items.openDataHint')}</span>{' '}
          {FORMATS.map((format) => (
            <a
              key={format}
              href={`/api/v1/public/items.${format}${department === undefined ? '' : `?department=${department}`}`}
              download
            >
              {format.toUpperCase()}
            </a>
          ))}
        </p>
      </div>
      <PagedList pages={pages} empty={t('open.itemsEmpty')}>
        {(items) =>
          [...new Set(items.map((item) => item.departmentCode))].map((one) => (
            <Panel key={one} title={nameOf(one)}>
              <ul className="row-list">
                {items
                  .filter((item) => item.departmentCode === one)
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
  return (
    <li>
      <details>
        <summary>
          <strong>{item.name}</strong>{' '}
          <span className="muted small">
            {item.code} · {t(`open.categories.${item.category}`)} · {methodsOf(item, t)}
          </span>
        </summary>
        <ItemFacts item={item} />
        <p className="muted small">
          {item.publishedAt && t('open.version', { n: item.version, at: formatInstant(item.publishedAt) })}
          {' · '}
          <Link to={`/public/items/${item.code}`}>{t('items.history')}</Link>
        </p>
      </details>
    </li>
  );
}
