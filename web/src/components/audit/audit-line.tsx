import { Button, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../api/types';
import { formatSecond } from '../../lib/format';
import './audit.css';

interface Props {
  entry: AuditEntry;
  /** Narrows the list to entries that have the same. */
  onFilter: (name: string, value: string) => void;
}

export function AuditLine({ entry, onFilter }: Props) {
  const { t } = useTranslation();
  const { actor, action, subject, address, before, after, place, hash, requestId } = entry;
  const narrowing = (name: string, value: string, text: string) => (
    <Button type="link" size="small" className="audit-narrow" onClick={() => onFilter(name, value)}>
      {text}
    </Button>
  );
  return (
    <li>
      <div className="row-head">
        <span>
          <strong>{narrowing('action', action, action)}</strong> · {narrowing('subject', subject, subject)}
        </span>
        <span className="muted small">{formatSecond(entry.at)}</span>
      </div>
      <div className="muted small">
        {actor ? narrowing('actor', actor.username, `${actor.name}（${actor.username}）`) : t('audit.system')}
        {address !== null && <> · {narrowing('address', address, address)}</>}
        {place === null && (
          <>
            {' '}
            <Tag>{t('audit.noPlace')}</Tag>
          </>
        )}
      </div>
      <details className="small">
        <summary>{t('audit.details')}</summary>
        {isGiven(before) && <Values title={t('audit.before')} values={before} />}
        {isGiven(after) && <Values title={t('audit.after')} values={after} />}
        <p className="muted audit-hash">
          {place !== null && `${t('audit.place', { n: place })} · `}
          {requestId !== null && `${t('audit.request')} ${requestId} · `}
          {hash !== null && `${t('audit.hash')} ${hash}`}
        </p>
      </details>
    </li>
  );
}

const isGiven = (value: unknown): boolean => value !== null && value !== undefined;

function Values({ title, values }: { title: string; values: unknown }) {
  return (
    <>
      <div className="muted">{title}</div>
      <pre className="audit-values">{JSON.stringify(values, null, 2)}</pre>
    </>
  );
}
