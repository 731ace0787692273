import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Empty, InputNumber, Progress, Select, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { Campaign, Simulation } from '../../api/types';
import { formatInstant } from '../../lib/format';
import { Loaded } from '../loaded';
import { ProblemAlert } from '../problem-alert';
import { CampaignCapped } from './campaign-capped';
import { SimulationResults } from './simulation-results';
import './simulation.css';

const SHOWN = 20;

/** Tries a plan out before it is approved. Marked all over: it is not the draw, and nothing of it counts. */
export function SimulationCard({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<number | null>(null);
  const list = useQuery({
    queryKey: ['simulations', campaign.code],
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/campaigns/{code}/simulations', {
          params: { path: { code: campaign.code }, query: { limit: SHOWN } },
        }),
      ),
    refetchInterval: ({ state }) => (state.data?.rows[0]?.status === 'running' ? 1_000 : 15_000),
  });
  const rows = list.data?.rows ?? [];
  const newest = rows[0];
  const shown = rows.find((row) => row.id === chosen) ?? newest;
  return (
    <Card title={t('simulation.title')} extra={<Tag color="red">{t('simulation.mark')}</Tag>}>
      <p className="muted small">{t('simulation.lead')}</p>
      <Start campaign={campaign} isRunning={newest?.status === 'running'} onStarted={() => setChosen(null)} />
      <Loaded query={list}>
        {() =>
          shown ? (
            <div className="stack gap-above">
              {rows.length > 1 && (
                <Select
                  aria-label={t('simulation.which')}
                  value={shown.id}
                  onChange={setChosen}
                  options={rows.map((row) => ({
                    value: row.id,
                    label: t('simulation.one', {
                      at: formatInstant(row.startedAt),
                      by: row.startedBy,
                      runs: row.status === 'running' ? row.runs : row.runsDone,
                    }),
                  }))}
                />
              )}
              <Shown campaign={campaign} id={shown.id} />
            </div>
          ) : (
            <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('simulation.empty')} />
          )
        }
      </Loaded>
    </Card>
  );
}

function Start({
  campaign,
  isRunning,
  onStarted,
}: {
  campaign: Campaign;
  isRunning: boolean;
  onStarted: () => void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [runs, setRuns] = useState(20);
  const [visitsPerDay, setVisitsPerDay] = useState(3);
  const start = useMutation({
    mutationFn: () =>
      answerOf(
        api.POST('/api/v1/campaigns/{code}/simulations', {
          params: { path: { code: campaign.code } },
          body: { runs, visitsPerDay },
        }),
      ),
    onSuccess: async () => {
      onStarted();
      await client.invalidateQueries({ queryKey: ['simulations', campaign.code] });
    },
  });
  return (
    <>
      <div className="simulation-start">
        <label>
          <span className="small">{t('simulation.runs')}</span>
          <InputNumber min={1} max={200} precision={0} value={runs} onChange={(n) => setRuns(n ?? 20)} />
        </label>
        <label>
          <span className="small">{t('simulation.perDay')}</span>
          <InputNumber
            min={1}
            max={20}
            precision={0}
            value={visitsPerDay}
            onChange={(n) => setVisitsPerDay(n ?? 3)}
          />
        </label>
        <Button type="primary" loading={start.isPending || isRunning} onClick={() => start.mutate()}>
          {t('simulation.start')}
        </Button>
      </div>
      <ProblemAlert error={start.error} className="gap-above" />
    </>
  );
}

function Shown({ campaign, id }: { campaign: Campaign; id: number }) {
  const query = useQuery({
    queryKey: ['simulations', campaign.code, id],
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/campaigns/{code}/simulations/{id}', {
          params: { path: { code: campaign.code, id } },
        }),
      ),
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? 700 : false),
  });
  return (
    <Loaded query={query}>{(simulation) => <State campaign={campaign} simulation={simulation} />}</Loaded>
  );
}

function State({ campaign, simulation }: { campaign: Campaign; simulation: Simulation }) {
  const { t } = useTranslation();
  const { status, runs, runsDone, result } = simulation;
  if (status === 'running') {
    return (
      <div role="status">
        {runsDone === 0 ? t('simulation.preparing') : t('simulation.running', { done: runsDone, all: runs })}
        <Progress percent={Math.round((runsDone / runs) * 100)} status="active" />
      </div>
    );
  }
  if (!result) {
    return (
      <Alert type="error" showIcon title={t('simulation.failed', { reason: simulation.failure ?? '' })} />
    );
  }
  return (
    <>
      {!simulation.isCurrent && <Alert type="warning" showIcon title={t('simulation.outdated')} />}
      {runsDone < runs && <Alert type="info" showIcon title={t('simulation.fewer', { done: runsDone })} />}
      <SimulationResults campaign={campaign} result={result} />
      {result.capped > 0 && <CampaignCapped code={campaign.code} />}
      <p className="muted small">{t('simulation.seed', { value: simulation.value })}</p>
    </>
  );
}
