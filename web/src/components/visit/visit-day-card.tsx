import { CheckCircleOutlined, ClockCircleOutlined } from '@ant-design/icons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Card, Space, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { answerOf, api } from '../../api/client';
import type { VisitDay, VisitDetail } from '../../api/types';
import { formatInstant } from '../../lib/format';
import { Loaded } from '../loaded';
import { ProblemAlert } from '../problem-alert';
import './visit-day.css';
import { DayConflicts } from './day-conflicts';
import { VisitDayDialog, type DayWish } from './visit-day-dialog';

/** On which day all departments go: proposed, agreed to, fixed; and who of them can't. */
export function VisitDayCard({ visit }: { visit: VisitDetail }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['visit-day', visit.id],
    queryFn: () => answerOf(api.GET('/api/v1/visits/{id}/day', { params: { path: { id: visit.id } } })),
  });
  return (
    <Card
      className="gap-below"
      title={t('visitDay.title')}
      extra={<Link to="/visit-calendar">{t('visitDay.calendar')}</Link>}
    >
      <Loaded query={query}>{(day) => <Content visit={visit} day={day} />}</Loaded>
    </Card>
  );
}

function Content({ visit, day }: { visit: VisitDetail; day: VisitDay }) {
  const { t } = useTranslation();
  const [wish, setWish] = useState<DayWish | null>(null);
  return (
    <div className="visit-day">
      {day.standing ? (
        <Standing day={day} standing={day.standing} />
      ) : (
        <div>
          {t('visitDay.none')}{' '}
          {!day.mayPropose && day.proposesFirst && visit.finishedAt === null && (
            <span className="muted">{t('visitDay.first', { department: day.proposesFirst.name })}</span>
          )}
        </div>
      )}
      {day.conflicts.length > 0 && <DayConflicts conflicts={day.conflicts} />}
      {visit.finishedAt === null && day.nearby.length > 0 && (
        <Nearby day={day} {...(day.mayPropose ? { onUse: setWish } : {})} />
      )}
      <Decide visitId={visit.id} day={day} onPropose={() => setWish({})} />
      {day.before.length > 0 && <Before rows={day.before} />}
      {wish && <VisitDayDialog visitId={visit.id} day={day} wish={wish} onClose={() => setWish(null)} />}
    </div>
  );
}

function Standing({ day, standing }: { day: VisitDay; standing: NonNullable<VisitDay['standing']> }) {
  const { t } = useTranslation();
  return (
    <>
      <div className="row-head">
        <strong>
          {standing.day} {t(`visitDay.parts.${standing.part}`)}
        </strong>
        <Tag color={standing.fixedAt ? 'green' : 'gold'}>
          {t(standing.fixedAt ? 'visitDay.fixed' : 'visitDay.open')}
        </Tag>
      </div>
      <div className="muted small">
        {t('visitDay.proposedBy', {
          department: standing.department.name,
          name: standing.proposedBy,
          at: formatInstant(standing.proposedAt),
        })}
      </div>
      {standing.reason && <div className="quote">{standing.reason}</div>}
      <div className="tags">
        {standing.agreements.map(({ department, by }) => (
          <Tag
            key={department.code}
            color="green"
            icon={<CheckCircleOutlined aria-hidden />}
            title={`${by} ${t('visitDay.agreed')}`}
          >
            {department.name} {t('visitDay.agreed')}
          </Tag>
        ))}
        {day.awaited.map((department) => (
          <Tag key={department.code} icon={<ClockCircleOutlined aria-hidden />}>
            {department.name} {t('visitDay.awaited')}
          </Tag>
        ))}
      </div>
    </>
  );
}

/** What can be joined is not done twice. */
function Nearby({ day, onUse }: { day: VisitDay; onUse?: (wish: DayWish) => void }) {
  const { t } = useTranslation();
  return (
    <Alert
      type="info"
      title={t('visitDay.nearby')}
      description={day.nearby.map(({ campaign, number, day: on, part, from, to }) => (
        <div key={`${campaign.code}/${number}`}>
          {t('visitDay.nearbyRow', { campaign: campaign.name, number })}：
          {on && part
            ? t('visitDay.nearbyOn', { day: on, part: t(`visitDay.parts.${part}`) })
            : t('visitDay.nearbyOpen', { from, to })}{' '}
          {on && part && onUse && on !== day.standing?.day && (
            <Button size="small" onClick={() => onUse({ day: on, part })}>
              {t('visitDay.useIt')}
            </Button>
          )}
        </div>
      ))}
    />
  );
}

function Decide({ visitId, day, onPropose }: { visitId: number; day: VisitDay; onPropose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const agree = useMutation({
    mutationFn: (proposal: number) =>
      answerOf(
        api.POST('/api/v1/visits/{id}/day/agreement', {
          params: { path: { id: visitId } },
          body: { proposal },
        }),
      ),
    onSuccess: (after) => {
      void message.success(t('visitDay.agreedNow'));
      client.setQueryData(['visit-day', visitId], after);
    },
    // Another proposal may have taken its place: what stands now is shown beside the refusal.
    onError: () => client.invalidateQueries({ queryKey: ['visit-day', visitId] }),
  });
  const { standing } = day;
  if (!day.mayPropose && !day.mayAgree && !agree.error) return null;
  return (
    <>
      <ProblemAlert error={agree.error} />
      <Space wrap>
        {day.mayAgree && standing && (
          <Button type="primary" loading={agree.isPending} onClick={() => agree.mutate(standing.id)}>
            {t('visitDay.agree')}
          </Button>
        )}
        {day.mayPropose && (
          <Button type={standing ? 'default' : 'primary'} onClick={onPropose}>
            {t(standing ? 'visitDay.other' : 'visitDay.propose')}
          </Button>
        )}
      </Space>
    </>
  );
}

function Before({ rows }: { rows: VisitDay['before'] }) {
  const { t } = useTranslation();
  return (
    <details className="small">
      <summary>{t('visitDay.before', { n: rows.length })}</summary>
      <ul className="plain-list">
        {rows.map((row) => (
          <li key={row.id}>
            {row.day} {t(`visitDay.parts.${row.part}`)} · {row.department.name} {row.proposedBy}
            {row.reason && ` · ${row.reason}`}
          </li>
        ))}
      </ul>
    </details>
  );
}
