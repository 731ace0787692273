import { PrinterOutlined } from '@ant-design/icons';
import { Alert, Card, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Bulletin } from '../api/types';
import { BulletinCommands } from '../components/bulletin/bulletin-commands';
import { BulletinDocument } from '../components/bulletin/bulletin-document';
import { FreezesCard, HistoryCard } from '../components/bulletin/freezes-card';
import { useBulletin } from '../components/bulletin/use-bulletin';
import { FileLinks } from '../components/documents/file-links';
import { LinkButton } from '../components/link-button';
import { Loaded } from '../components/loaded';
import { formatInstant } from '../lib/format';
import { useTitle } from '../lib/use-title';

export function BulletinPage() {
  const { number = '' } = useParams();
  return <Loaded query={useBulletin(number)}>{(bulletin) => <Content bulletin={bulletin} />}</Loaded>;
}

function Content({ bulletin }: { bulletin: Bulletin }) {
  const { t } = useTranslation();
  useTitle(bulletin.title);
  const [freeze] = bulletin.freezes;
  return (
    <>
      <div className="page-head">
        <div>
          <h1>
            {bulletin.title} <Tag>{t(`bulletin.stages.${bulletin.stage}`)}</Tag>
          </h1>
          <p className="muted">
            {t('bulletin.line', {
              number: bulletin.number,
              period: bulletin.periodText,
              region: bulletin.region.name,
            })}{' '}
            · {t(`bulletin.next.${bulletin.stage}`)}
          </p>
        </div>
        <div className="filters">
          <LinkButton icon={<PrinterOutlined aria-hidden />} to={`/bulletins/${bulletin.number}/print`}>
            {t('bulletin.print')}
          </LinkButton>
          <FileLinks href={`/api/v1/bulletins/${bulletin.number}/document`} name={bulletin.title} />
          {bulletin.editions.length > 0 && (
            <LinkButton to={`/public/bulletins/${bulletin.number}`}>{t('bulletin.toPublic')}</LinkButton>
          )}
          <BulletinCommands bulletin={bulletin} />
        </div>
      </div>
      <div className="stack">
        {bulletin.stageReason && bulletin.stage !== 'published' && (
          <Alert type="warning" showIcon title={t('bulletin.reason', { reason: bulletin.stageReason })} />
        )}
        <Card>
          {freeze && (
            <p className="muted small">
              {t('bulletin.frozenAt', { at: formatInstant(freeze.asOf), n: freeze.number })}
            </p>
          )}
          <BulletinDocument texts={bulletin.texts} report={bulletin.report} />
        </Card>
        <FreezesCard bulletin={bulletin} />
        <HistoryCard bulletin={bulletin} />
      </div>
    </>
  );
}
