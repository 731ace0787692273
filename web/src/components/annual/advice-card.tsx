import { App, Button, Card, Collapse, Empty, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { AnnualPlan, PlanAdvice } from '../../api/types';
import { problemText } from '../../lib/problem-text';
import { Loaded } from '../loaded';
import { usePlanChange, type useAdvice } from './use-plan';

type Saving = PlanAdvice['proposals'][number];

interface Props {
  plan: AnnualPlan;
  query: ReturnType<typeof useAdvice>;
}

/** Which lines are better one campaign, why, and for whom; one click joins them, another splits them again. */
export function AdviceCard({ plan, query }: Props) {
  const { t } = useTranslation();
  const { year } = plan;
  const { message } = App.useApp();
  const failed = (error: unknown) => void message.error(problemText(error, t));
  const join = usePlanChange(
    year,
    (lines: number[], key) =>
      answerOf(
        api.POST('/api/v1/annual-plans/{year}/joints', {
          params: { path: { year }, header: { 'Idempotency-Key': key } },
          body: { lines },
        }),
      ),
    () => void message.success(t('annual.joined')),
  );
  const split = usePlanChange(
    year,
    (id: number) =>
      answerOf(api.DELETE('/api/v1/annual-plans/{year}/joints/{id}', { params: { path: { year, id } } })),
    () => void message.success(t('annual.splitDone')),
  );
  const lineOf = (id: number) => plan.lines.find((line) => line.id === id);
  const nameOf = (id: number) => {
    const line = lineOf(id);
    return line ? `${line.item.name}（${line.department.name}）` : '';
  };
  return (
    <Card title={t('annual.advice')}>
      <Loaded query={query}>
        {({ entities, proposals, joined, alone }) => (
          <>
            <p className="muted small">{t('annual.adviceLead', { n: entities.toLocaleString() })}</p>
            {proposals.length === 0 && joined.length === 0 && (
              <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('annual.adviceEmpty')} />
            )}
            <ul className="row-list">
              {proposals.map((proposal) => (
                <SavingRow key={proposal.lines.join()} saving={proposal} nameOf={nameOf}>
                  {plan.mayJoin && (
                    <Button
                      type="primary"
                      size="small"
                      loading={join.isPending && join.variables === proposal.lines}
                      onClick={() => join.mutate(proposal.lines, { onError: failed })}
                    >
                      {t('annual.join')}
                    </Button>
                  )}
                </SavingRow>
              ))}
            </ul>
            {joined.length > 0 && (
              <>
                <h3 className="gap-above">{t('annual.already')}</h3>
                <ul className="row-list">
                  {joined.map(({ jointId, ...saving }) => (
                    <SavingRow key={jointId} saving={saving} nameOf={nameOf}>
                      {plan.mayJoin && (
                        <Button
                          size="small"
                          loading={split.isPending && split.variables === jointId}
                          onClick={() => split.mutate(jointId, { onError: failed })}
                        >
                          {t('annual.split')}
                        </Button>
                      )}
                    </SavingRow>
                  ))}
                </ul>
              </>
            )}
            {alone.length > 0 && (
              <Collapse
                ghost
                items={[
                  {
                    key: 'alone',
                    label: t('annual.alone', { n: alone.length }),
                    children: (
                      <ul className="row-list">
                        {alone.map(({ line, why }) => (
                          <li key={line}>
                            {nameOf(line)}
                            <div className="muted small">{t(`annual.aloneWhy.${why}`)}</div>
                          </li>
                        ))}
                      </ul>
                    ),
                  },
                ]}
              />
            )}
          </>
        )}
      </Loaded>
    </Card>
  );
}

function SavingRow({
  saving,
  nameOf,
  children,
}: {
  saving: Saving;
  nameOf: (line: number) => string;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const { lines, common, apart, joint, saved, windowFrom, windowTo, savedByRegion } = saving;
  const percent = apart === 0 ? 0 : Math.round((saved / apart) * 100);
  return (
    <li>
      <div className="row-head">
        <strong>{lines.map(nameOf).join(' ＋ ')}</strong>
        <Tag color="green">{t('annual.saves', { n: saved })}</Tag>
      </div>
      <div className="small">
        {t('annual.why', { common: common.toLocaleString(), apart, joint, percent })}{' '}
        {t('annual.whyWindow', { from: windowFrom, to: windowTo })}{' '}
        {savedByRegion.length > 0 &&
          t('annual.whom', {
            regions: savedByRegion
              .map(({ region, visits }) => t('annual.regionSaved', { name: region.name, n: visits }))
              .join('、'),
          })}
      </div>
      <div className="gap-above">{children}</div>
    </li>
  );
}
