import { Button, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CappedEntity } from '../api/types';
import { usePages } from '../lib/use-pages';
import { useStratumName } from '../lib/use-stratum-name';
import { Paged } from './paged';

interface Props {
  /** What the list is about, for the cache of answers. */
  about: unknown;
  load: (cursor: string | undefined) => Promise<{ rows: CappedEntity[]; nextCursor: string | null }>;
  /** Address of the file with this ending. */
  download: (ending: 'csv' | 'xlsx') => string;
}

/** Who has had the visits of this year, and why that leaves them out: asked for when somebody wants to know. */
export function CappedList(props: Props) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <section>
      <Button aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t(isOpen ? 'capped.hide' : 'capped.show')}
      </Button>
      {isOpen && <Listed {...props} />}
    </section>
  );
}

function Listed({ about, load, download }: Props) {
  const { t } = useTranslation();
  const pages = usePages(['capped', about], load);
  return (
    <>
      <div className="row-head gap-above">
        <p className="muted small">{t('capped.lead')}</p>
        <span className="filters">
          {(['csv', 'xlsx'] as const).map((ending) => (
            <a key={ending} href={download(ending)} download>
              {t(`capped.${ending}`)}
            </a>
          ))}
        </span>
      </div>
      <Paged pages={pages} empty={t('capped.empty')}>
        {(rows) => (
          <ul className="row-list">
            {rows.map((row) => (
              <Row key={row.creditCode} row={row} />
            ))}
          </ul>
        )}
      </Paged>
    </>
  );
}

function Row({ row }: { row: CappedEntity }) {
  const { t } = useTranslation();
  const { full } = useStratumName();
  const { creditCode, name, region, riskClass, drawClass, stratum, cap, visits, taken, kept } = row;
  return (
    <li>
      <div className="row-head">
        <strong>
          <Link to={`/entities/${creditCode}`}>{name}</Link>
        </strong>
        <span className="mono">{creditCode}</span>
      </div>
      <div className="tags">
        <Tag color={kept.length > 0 ? 'gold' : 'red'}>
          {t(kept.length > 0 ? 'capped.keyOnly' : 'capped.out')}
        </Tag>
        <Tag>{t('registry.classShort', { letter: drawClass })}</Tag>
      </div>
      <div className="small">
        {t('capped.because', { n: visits.length, stratum: full(stratum), cap })}
        {riskClass !== drawClass && t('capped.moved', { from: riskClass, to: drawClass })}
      </div>
      <ul className="plain-list small">
        {visits.map(({ campaign, on }, at) => (
          <li key={at}>
            <Link to={`/campaigns/${campaign.code}`}>{campaign.name}</Link> {campaign.code} ·{' '}
            {on ?? t('states.unset')}
          </li>
        ))}
      </ul>
      <div className="muted small">
        {region.name} · {t('capped.taken', { items: taken.map((one) => one.name).join('、') })}
        {kept.length > 0 && ` · ${t('capped.kept', { items: kept.map((one) => one.name).join('、') })}`}
      </div>
    </li>
  );
}
