import { Button, Card, Input, Space, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, newIdempotencyKey } from '../../../api/client';
import type { Amendment, Campaign } from '../../../api/types';
import { formatInstant, formatRatio } from '../../../lib/format';
import { usePages } from '../../../lib/use-pages';
import { hasRole, useSession } from '../../../session/use-session';
import { Paged } from '../../paged';
import { ProblemAlert } from '../../problem-alert';
import { ReplacementDialog } from './replacement-dialog';
import { SupplementDialog } from './supplement-dialog';

const COLOURS = { requested: 'gold', approved: 'green', refused: 'default' };
const OPEN_STAGES: readonly string[] = ['drawn', 'dispatched', 'under_way'];

/** What was asked to change after the draw, what was decided, and the way to ask. */
export function Amendments({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const { data: me } = useSession();
  const [open, setOpen] = useState<'replacement' | 'supplement' | null>(null);
  const { code } = campaign;
  const pages = usePages(
    ['amendments', code],
    (cursor) =>
      answerOf(
        api.GET('/api/v1/campaigns/{code}/amendments', {
          params: { path: { code }, query: { cursor, limit: 20 } },
        }),
      ),
    { refetchInterval: 10_000 },
  );
  const isOpen = OPEN_STAGES.includes(campaign.stage);
  const leads = hasRole(me, 'lead_officer', 'coordinator');
  const onClose = () => setOpen(null);
  return (
    <Card
      title={t('amendments.title')}
      extra={
        isOpen && (
          <Space wrap>
            {(leads || hasRole(me, 'liaison')) && (
              <Button onClick={() => setOpen('replacement')}>{t('amendments.replace')}</Button>
            )}
            {leads && <Button onClick={() => setOpen('supplement')}>{t('amendments.supplement')}</Button>}
          </Space>
        )
      }
    >
      <p className="muted small">{t('amendments.hint')}</p>
      <Paged pages={pages} empty={t('amendments.empty')}>
        {(amendments) => (
          <ul className="row-list">
            {amendments.map((one) => (
              <AmendmentRow key={one.id} code={code} amendment={one} />
            ))}
          </ul>
        )}
      </Paged>
      {open === 'replacement' && <ReplacementDialog code={code} onClose={onClose} />}
      {open === 'supplement' && <SupplementDialog campaign={campaign} onClose={onClose} />}
    </Card>
  );
}

function AmendmentRow({ code, amendment }: { code: string; amendment: Amendment }) {
  const { t } = useTranslation();
  return (
    <li>
      <div className="row-head">
        <strong>
          {amendment.label}
          {amendment.inspector !== null && ` · ${amendment.inspector}`}
        </strong>
        <Tag color={COLOURS[amendment.status]}>{t(`amendments.states.${amendment.status}`)}</Tag>
      </div>
      <div className="muted small">
        {t('amendments.requested', { by: amendment.requestedBy, at: formatInstant(amendment.requestedAt) })}
      </div>
      <div>
        {amendment.kind === 'replacement' && (
          <span>
            {amendment.visits === null
              ? t('amendments.allVisits')
              : t('amendments.someVisits', { numbers: amendment.visits.join('、') })}{' '}
          </span>
        )}
        {amendment.strata?.map((one) => (
          <Tag key={`${one.item}/${one.stratum}`}>
            {one.item === '*' ? '' : `${one.item} `}
            {one.stratum} {formatRatio(one.ratioPpm)}
          </Tag>
        ))}
      </div>
      <p className="quote">{amendment.reason}</p>
      {amendment.outcome !== null && <p>{amendment.outcome}</p>}
      {amendment.decidedBy !== null && amendment.decidedAt !== null && (
        <div className="muted small">
          {t('amendments.decided', { by: amendment.decidedBy, at: formatInstant(amendment.decidedAt) })}
          {amendment.note !== '' && `：${amendment.note}`}
        </div>
      )}
      {amendment.mayDecide && <Decision code={code} id={amendment.id} />}
    </li>
  );
}

function Decision({ code, id }: { code: string; id: number }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [note, setNote] = useState('');
  const [key, setKey] = useState(newIdempotencyKey);
  const decide = useMutation({
    mutationFn: async (approves: boolean): Promise<unknown> => {
      const options = { params: { path: { code, id }, header: { 'Idempotency-Key': key } }, body: { note } };
      return approves
        ? answerOf(api.POST('/api/v1/campaigns/{code}/amendments/{id}/approve', options))
        : answerOf(api.POST('/api/v1/campaigns/{code}/amendments/{id}/refuse', options));
    },
    onSuccess: () => client.invalidateQueries(),
    onSettled: () => setKey(newIdempotencyKey()),
  });
  return (
    <div className="inline-form">
      <ProblemAlert error={decide.error} className="gap-below" />
      <label className="small" htmlFor={`amendment-note-${id}`}>
        {t('amendments.note')}
      </label>
      <Input.TextArea
        id={`amendment-note-${id}`}
        rows={2}
        maxLength={1000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      <Space className="gap-above">
        <Button type="primary" loading={decide.isPending} onClick={() => decide.mutate(true)}>
          {t('amendments.approve')}
        </Button>
        <Button
          danger
          disabled={decide.isPending || note.trim() === ''}
          title={t('amendments.refuseHint')}
          onClick={() => decide.mutate(false)}
        >
          {t('amendments.refuse')}
        </Button>
      </Space>
    </div>
  );
}
