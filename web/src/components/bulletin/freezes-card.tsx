import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { Bulletin, Reproduction } from '../../api/types';
import { formatInstant, formatSecond } from '../../lib/format';
import { Numbers } from '../numbers';
import '../numbers.css';
import { ProblemAlert } from '../problem-alert';
import { EditionNotes } from './edition-notes';

/** All freezes of a bulletin's figures, and whether the newest can be computed again. */
export function FreezesCard({ bulletin: { number, freezes } }: { bulletin: Bulletin }) {
  const { t } = useTranslation();
  const check = useMutation({
    mutationFn: () =>
      answerOf(api.GET('/api/v1/bulletins/{number}/reproduction', { params: { path: { number } } })),
  });
  return (
    <Card
      title={t('bulletin.freezes')}
      extra={
        <Button loading={check.isPending} onClick={() => check.mutate()}>
          {t('bulletin.reproduce')}
        </Button>
      }
    >
      <p className="muted">{t('bulletin.reproduceHint')}</p>
      <ProblemAlert error={check.error} className="gap-below" />
      {check.data && <Outcome outcome={check.data} />}
      <ul className="row-list">
        {freezes.map((freeze) => (
          <li key={freeze.number}>
            {t('bulletin.freezeLine', {
              n: freeze.number,
              at: formatSecond(freeze.asOf),
              by: freeze.madeBy ?? t('bulletin.bySchedule'),
            })}
            {freeze.reason !== '' && <div>{t('bulletin.reason', { reason: freeze.reason })}</div>}
            <div className="mono muted">{freeze.sha256}</div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Outcome({ outcome }: { outcome: Reproduction }) {
  const { t } = useTranslation();
  if (!outcome.isIntact)
    return <Alert type="error" showIcon className="gap-below" title={t('bulletin.broken')} />;
  if (outcome.isEqual)
    return <Alert type="success" showIcon className="gap-below" title={t('bulletin.equal')} />;
  const { differences, more } = outcome;
  return (
    <div className="gap-below">
      <Alert
        type="warning"
        showIcon
        className="gap-below"
        title={t('bulletin.changed', { n: differences.length + more })}
      />
      <Numbers
        heads={[t('bulletin.where'), t('bulletin.frozenValue'), t('bulletin.nowValue')]}
        rows={differences.map((one) => ({ key: one.where, name: one.where, cells: [one.frozen, one.now] }))}
      />
      {more > 0 && <p className="muted">{t('bulletin.more', { n: more })}</p>}
    </div>
  );
}

export function HistoryCard({ bulletin: { editions, history } }: { bulletin: Bulletin }) {
  const { t } = useTranslation();
  return (
    <Card title={t('bulletin.history')}>
      <ul className="row-list">
        {editions.map((one) => (
          <li key={`edition-${one.edition}`}>
            <strong>
              {t('bulletin.editionLine', { ...one, n: one.edition, at: formatInstant(one.publishedAt) })}
            </strong>
            <EditionNotes edition={one} />
          </li>
        ))}
        {history.map((step, at) => (
          <li key={at} className="small">
            <span className="muted">{formatInstant(step.at)}</span> {t(`bulletin.actions.${step.action}`)} ·{' '}
            {step.actor ?? t('bulletin.bySystem')}
            {step.reason !== '' && ` · ${step.reason}`}
          </li>
        ))}
      </ul>
    </Card>
  );
}
