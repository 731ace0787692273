import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Card, Popconfirm, Space, Tag } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { answerOf, api } from '../../api/client';
import type { AnnualPlan, PlanAdvice, PlanLine } from '../../api/types';
import { formatRatio } from '../../lib/format';
import { problemText } from '../../lib/problem-text';
import { useIntention } from '../../lib/use-intention';
import { useDepartmentName } from '../../lib/use-organisation';
import { usePlanChange } from './use-plan';

const COLOURS = { planned: 'default', open: 'blue', late: 'red', launched: 'cyan', done: 'green' } as const;

interface Props {
  plan: AnnualPlan;
  lines: PlanLine[];
  advice: PlanAdvice | undefined;
  onEdit: (line: PlanLine) => void;
}

/** Lines with what they come to, how far they are, and what may be done with them. */
export function LineList({ plan, lines, advice, onEdit }: Props) {
  const { t } = useTranslation();
  const nameOf = useDepartmentName();
  const visitsOf = new Map(advice?.lines.map(({ line, visits }) => [line, visits]));
  return (
    <ul className="row-list">
      {lines.map((line) => (
        <li key={line.id}>
          <div className="row-head">
            <strong>{line.item.name}</strong>
            <Space wrap size={4}>
              {plan.amendment?.added.includes(line.id) && <Tag color="green">{t('annual.added')}</Tag>}
              {changeOf(plan, line) && <Tag color="orange">{t('annual.changed')}</Tag>}
              {line.joint && <Tag color="gold">{t('annual.joint', { lead: nameOf(line.joint.lead) })}</Tag>}
              <Tag color={COLOURS[line.status]}>{t(`annual.status.${line.status}`)}</Tag>
            </Space>
          </div>
          <div className="muted small">
            {line.department.name} · {line.regions.map((region) => region.name).join('、')} ·{' '}
            {t('annual.window', { from: line.windowFrom, to: line.windowTo })} · {ratioOf(line, t)}
            {visitsOf.has(line.id) && ` · ${t('annual.expected', { n: visitsOf.get(line.id) })}`}
            {line.campaign && (
              <>
                {' · '}
                <Link to={`/campaigns/${line.campaign}`}>
                  {t('annual.campaign', { code: line.campaign })}
                </Link>
              </>
            )}
          </div>
          <Before plan={plan} line={line} />
          {line.note && <div className="small">{line.note}</div>}
          <LineActions plan={plan} line={line} onEdit={onEdit} />
        </li>
      ))}
    </ul>
  );
}

const changeOf = (plan: AnnualPlan, line: PlanLine) =>
  plan.amendment?.changed.find((change) => change.id === line.id);

/** What an amendment changes of a line, and the way back. */
function Before({ plan, line }: { plan: AnnualPlan; line: PlanLine }) {
  const { t } = useTranslation();
  const change = changeOf(plan, line);
  if (!change) return null;
  const { before, fields, mayRestore } = change;
  return (
    <div className="small">
      {t('annual.changedFields', {
        fields: fields.map((field) => t(`annual.planFields.${field}`)).join('、'),
      })}{' '}
      <span className="muted">{t('annual.before', { text: lineText(before, t) })}</span>
      {mayRestore && <Restore year={plan.year} id={before.id} />}
    </div>
  );
}

/** What an amendment takes out of the plan. */
export function WithdrawnLines({ plan }: { plan: AnnualPlan }) {
  const { t } = useTranslation();
  const withdrawn = plan.amendment?.withdrawn ?? [];
  if (withdrawn.length === 0) return null;
  return (
    <Card title={t('annual.withdrawn', { n: withdrawn.length })}>
      <ul className="row-list">
        {withdrawn.map(({ line, mayRestore }) => (
          <li key={line.id}>
            <strong>{line.item.name}</strong>
            <div className="muted small">
              {line.department.name} · {lineText(line, t)}
            </div>
            {mayRestore && <Restore year={plan.year} id={line.id} />}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Restore({ year, id }: { year: number; id: number }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const restore = usePlanChange(year, () =>
    answerOf(api.POST('/api/v1/annual-plans/{year}/lines/{id}/restore', { params: { path: { year, id } } })),
  );
  return (
    <Popconfirm
      title={t('annual.restoreSure')}
      onConfirm={() =>
        restore.mutate(undefined, { onError: (error) => void message.error(problemText(error, t)) })
      }
    >
      <Button size="small" type="link" loading={restore.isPending}>
        {t('annual.restore')}
      </Button>
    </Popconfirm>
  );
}

const lineText = (line: PlanLine, t: TFunction): string =>
  [
    line.item.name,
    line.regions.map((region) => region.name).join('、'),
    t('annual.window', { from: line.windowFrom, to: line.windowTo }),
    ratioOf(line, t),
    ...(line.joint ? [t('annual.jointBefore')] : []),
    ...(line.note ? [line.note] : []),
  ].join(' · ');

function ratioOf(line: PlanLine, t: TFunction): string {
  if (line.fixedPpm !== null) return t('annual.fixedRatio', { ratio: formatRatio(line.fixedPpm) });
  return line.ratioPpm === null ? t('annual.byClass') : formatRatio(line.ratioPpm);
}

function LineActions({ plan, line, onEdit }: Pick<Props, 'plan' | 'onEdit'> & { line: PlanLine }) {
  const { t } = useTranslation();
  const { year } = plan;
  const { message } = App.useApp();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { key, settle } = useIntention();
  const failed = (error: unknown) => void message.error(problemText(error, t));
  const remove = usePlanChange(year, (id: number) =>
    answerOf(api.DELETE('/api/v1/annual-plans/{year}/lines/{id}', { params: { path: { year, id } } })),
  );
  const launch = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/api/v1/annual-plans/{year}/lines/{id}/launch', {
          params: { path: { year, id: line.id }, header: { 'Idempotency-Key': key } },
        }),
      ),
    onSettled: settle,
    onError: failed,
    onSuccess: ({ code }) => {
      void client.invalidateQueries({ queryKey: ['annual-plan', year] });
      void message.success(t('annual.launched', { code }));
      void navigate(`/campaigns/${code}/edit`);
    },
  });
  if (!line.mayEdit && !line.mayLaunch) return null;
  return (
    <Space wrap className="gap-above">
      {line.mayEdit && (
        <>
          <Button size="small" onClick={() => onEdit(line)}>
            {t('annual.edit')}
          </Button>
          <Popconfirm
            title={t('annual.removeSure')}
            onConfirm={() => remove.mutate(line.id, { onError: failed })}
          >
            <Button size="small" danger loading={remove.isPending}>
              {t('annual.remove')}
            </Button>
          </Popconfirm>
        </>
      )}
      {line.mayLaunch && (
        <Popconfirm
          title={t('annual.launchTitle')}
          description={t('annual.launchHint')}
          okText={t('annual.confirm', { command: t('annual.launch') })}
          styles={{ root: { maxWidth: 320 } }}
          onConfirm={() => launch.mutate()}
        >
          <Button size="small" type="primary" loading={launch.isPending}>
            {t('annual.launch')}
          </Button>
        </Popconfirm>
      )}
    </Space>
  );
}
