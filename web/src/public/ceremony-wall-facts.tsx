import { QRCodeSVG } from '@rc-component/qrcode';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CeremonyRecord } from '../api/types';
import { formatInstant } from '../lib/format';

/** What is fixed, who watches, and the way for everybody to follow: beside what happens. */
export function WallFacts({ record }: { record: CeremonyRecord }) {
  const { t } = useTranslation();
  const { campaign, ceremony, publicUrl } = record;
  return (
    <aside className="wall-side">
      <section className="wall-panel wall-qr">
        <QRCodeSVG value={publicUrl} size={512} level="M" title={publicUrl} />
        <p>{t('wall.scan')}</p>
        <p className="mono wall-url">{publicUrl}</p>
      </section>
      {ceremony && (
        <section className="wall-panel">
          <h3>{t('wall.commitment')}</h3>
          <p className="mono wall-commitment">{grouped(ceremony.commitment)}</p>
          <p className="wall-muted">{t('wall.frozenAt', { at: formatInstant(ceremony.frozenAt) })}</p>
          <dl className="wall-figures">
            <div>
              <dt>{t('wall.entities')}</dt>
              <dd>{t('wall.households', { n: ceremony.entities.toLocaleString('zh-CN') })}</dd>
            </div>
            <div>
              <dt>{t('wall.inspectors')}</dt>
              <dd>{t('wall.people', { n: ceremony.inspectors.toLocaleString('zh-CN') })}</dd>
            </div>
            {ceremony.capped > 0 && (
              <div>
                <dt>{t('wall.capped')}</dt>
                <dd>{t('wall.households', { n: ceremony.capped.toLocaleString('zh-CN') })}</dd>
              </div>
            )}
          </dl>
        </section>
      )}
      {ceremony && ceremony.witnesses.length > 0 && (
        <section className="wall-panel">
          <h3>{t('wall.witnesses')}</h3>
          <ul className="wall-witnesses">
            {ceremony.witnesses.map((witness, at) => (
              <li key={at}>
                {t(`witness.capacities.${witness.capacity}`)}
                {witness.name !== null && ` ${witness.name}`}
                {witness.organisation !== null && `（${witness.organisation}）`}
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className="wall-links">
        <Link to={`/public/${campaign.code}`}>{t('wall.openPublic')}</Link>
        {ceremony && (
          <Link to={`/public/${campaign.code}/ceremony/${ceremony.number}/minutes`}>{t('wall.minutes')}</Link>
        )}
      </p>
    </aside>
  );
}

/** In eights, so that people can compare it with what they noted down. */
const grouped = (hash: string): string => hash.match(/.{1,8}/g)?.join(' ') ?? hash;
