import { App, Button, Card, Space, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../../../api/client';
import type { Amendment, Campaign } from '../../../api/types';
import { formatInstant, formatRatio } from '../../../lib/format';
import { useIntention } from '../../../lib/use-intention';
import { usePages } from '../../../lib/use-pages';
import { useStratumName } from '../../../lib/use-stratum-name';
import { hasRole, useSession } from '../../../session/use-session';
import { NoteAndDecide, type Decision } from '../../note-and-decide';
import { Paged } from '../../paged';
import { ReplacementDialog } from './replacement-dialog';
import { SupplementDialog } from './supplement-dialog';

const COLOURS = { requested: 'gold', approved: 'green', refused: 'default' };
const OPEN_STAGES: readonly string[] = ['drawn', 'dispatched', 'under_way'];

/** What was asked to change after the draw, what was decided, and the way to ask. */
export function Amendments({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const { data: me } = useSession();
  const [search, setSearch] = useSearchParams();
  // A task about an inspector leads here with who can't go.
  const leaving = search.get('replace');
  const [open, setOpen] = useState<'replacement' | 'supplement' | null>(
    leaving === null ? null : 'replacement',
  );
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
  const onClose = () => {
    setOpen(null);
    if (leaving !== null) setSearch({ tab: 'amendments' }, { replace: true });
  };
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
      <Paged pages={pages} empty={t(isOpen ? 'amendments.empty' : 'amendments.closed')}>
        {(amendments) => (
          <ul className="row-list">
            {amendments.map((one) => (
              <AmendmentRow key={one.id} campaign={campaign} amendment={one} />
            ))}
          </ul>
        )}
      </Paged>
      {open === 'replacement' && isOpen && (
        <ReplacementDialog campaign={campaign} leaving={leaving} onClose={onClose} />
      )}
      {open === 'supplement' && <SupplementDialog campaign={campaign} onClose={onClose} />}
    </Card>
  );
}

function AmendmentRow({ campaign, amendment }: { campaign: Campaign; amendment: Amendment }) {
  const { t } = useTranslation();
  const scope =
    amendment.visits === null
      ? t('amendments.allVisits')
      : t('amendments.someVisits', { numbers: amendment.visits.join('、') });
  return (
    <li>
      <div className="row-head">
        <strong>
          {t(`amendments.kinds.${amendment.kind}`)}
          {amendment.inspector !== null && `：${amendment.inspectorName ?? ''}（${amendment.inspector}）`}
        </strong>
        <Tag color={COLOURS[amendment.status]}>{t(`amendments.states.${amendment.status}`)}</Tag>
      </div>
      <div>{amendment.strata ? <Raised campaign={campaign} strata={amendment.strata} /> : scope}</div>
      <p className="quote">
        {t('amendments.reason')}：{amendment.reason}
        <span className="muted small">
          {'\n'}
          {t('amendments.requested', { by: amendment.requestedBy, at: formatInstant(amendment.requestedAt) })}
        </span>
      </p>
      {amendment.decidedBy !== null && amendment.decidedAt !== null && (
        <p className="quote">
          {amendment.note !== '' && `${t('amendments.decisionNote')}：${amendment.note}`}
          <span className="muted small">
            {amendment.note !== '' && '\n'}
            {t(`amendments.decided.${amendment.status === 'approved' ? 'approved' : 'refused'}`, {
              by: amendment.decidedBy,
              at: formatInstant(amendment.decidedAt),
            })}
          </span>
        </p>
      )}
      {amendment.outcome !== null && (
        <p>
          {amendment.outcome} <a href={`/public/${campaign.code}#record`}>{t('amendments.seeRecord')}</a>
        </p>
      )}
      {amendment.status === 'requested' &&
        (amendment.mayDecide ? (
          <ApprovalForm code={campaign.code} id={amendment.id} />
        ) : (
          <div className="muted small">{t('amendments.waits')}</div>
        ))}
    </li>
  );
}

function Raised({ campaign, strata }: { campaign: Campaign; strata: NonNullable<Amendment['strata']> }) {
  const { t } = useTranslation();
  const { full } = useStratumName();
  return (
    <ul className="plain-list">
      {strata.map((one) => (
        <li key={`${one.item}/${one.stratum}`}>
          {one.item !== '*' &&
            `${campaign.items.find((item) => item.code === one.item)?.name ?? one.item} · `}
          {t('amendments.raised', { name: full(one.stratum), ratio: formatRatio(one.ratioPpm) })}
        </li>
      ))}
    </ul>
  );
}

/** Approving carries it out, which takes a while where many are drawn. */
function ApprovalForm({ code, id }: { code: string; id: number }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const { key, settle } = useIntention();
  const decision = useMutation({
    mutationFn: async ({ accepts, note }: Decision): Promise<string> => {
      const options = { params: { path: { code, id }, header: { 'Idempotency-Key': key } }, body: { note } };
      if (!accepts) {
        await answerOf(api.POST('/api/v1/campaigns/{code}/amendments/{id}/refuse', options));
        return t('amendments.refusedNow');
      }
      const outcome = await answerOf(api.POST('/api/v1/campaigns/{code}/amendments/{id}/approve', options));
      return outcome.note ?? t('amendments.states.approved');
    },
    onSuccess: (outcome) => {
      void message.success(outcome);
      return client.invalidateQueries();
    },
    onSettled: settle,
  });
  return (
    <NoteAndDecide
      label={t('amendments.note')}
      accept={t('amendments.approve')}
      decline={t('amendments.refuse')}
      noteNeeded={t('amendments.refuseHint')}
      working={t('amendments.working')}
      decision={decision}
    />
  );
}
