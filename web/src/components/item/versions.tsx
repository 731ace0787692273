import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Item } from '../../api/types';
import { formatInstant } from '../../lib/format';
import { ChangesOf } from './item-text';

/** Versions of an item with their dates and reasons, the newest first, each compared with the one before. */
export function Versions({ items, isPublic = false }: { items: readonly Item[]; isPublic?: boolean }) {
  return (
    <ul className="row-list">
      {items.map((item) => (
        <Version key={item.version} item={item} isPublic={isPublic} />
      ))}
    </ul>
  );
}

function Version({ item, isPublic }: { item: Item; isPublic: boolean }) {
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
      {item.checkForm.length > 0 && (
        <div className="small">
          <Link to={`${isPublic ? '/public' : ''}/items/${item.code}/form/print?version=${item.version}`}>
            {t('items.sheet.printVersion', { n: item.version })}
          </Link>
        </div>
      )}
      {item.version === 1 ? (
        <div className="muted small">{t('items.firstVersion')}</div>
      ) : (
        <details>
          <summary className="small">{t('items.compareWith')}</summary>
          <ChangesOf code={item.code} from={item.version - 1} to={item.version} isPublic={isPublic} />
        </details>
      )}
    </li>
  );
}
