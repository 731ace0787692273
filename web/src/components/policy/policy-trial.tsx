import { useMutation } from '@tanstack/react-query';
import { Button, Card, Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { PolicyComparison as Comparison, PolicyOutcome, RatioPolicy } from '../../api/types';
import { formatRatio } from '../../lib/format';
import { useRegions } from '../../lib/use-organisation';
import { useStratumName } from '../../lib/use-stratum-name';
import { Numbers } from '../numbers';
import '../numbers.css';
import { usePublishedItems } from '../plan/item-choice';
import { ProblemAlert } from '../problem-alert';
import { PolicyComparison } from './policy-comparison';
import { PolicyCapped } from './policy-capped';

interface Fields {
  items?: string[];
  regions: string[];
  one: number;
  other?: number;
}

/** What a version comes to for some items and regions; side by side with another where one is chosen. */
export function PolicyTrial({ policies }: { policies: RatioPolicy[] }) {
  const { t } = useTranslation();
  const items = usePublishedItems();
  const regions = useRegions();
  const nameOf = (version: number) =>
    version === 0 ? t('policy.preset') : t('policy.version', { n: version });
  const trial = useMutation({
    mutationFn: async ({ one, other, items = [], regions }: Fields) => {
      const params = { path: { version: one } };
      const body = { items, regions };
      if (other === undefined) {
        const outcome = await answerOf(api.POST('/api/v1/ratio-policies/{version}/trial', { params, body }));
        return { body, versions: [one], outcome };
      }
      const comparison = await answerOf(
        api.POST('/api/v1/ratio-policies/{version}/comparison', { params, body: { ...body, other } }),
      );
      return { body, versions: [one, other], comparison };
    },
  });
  const versions = [0, ...policies.map((one) => one.version)].map((value) => ({
    value,
    label: nameOf(value),
  }));
  const needed = [{ required: true, message: t('policy.needed') }];
  return (
    <Card title={t('policy.trial')}>
      <p className="muted small">{t('policy.trialLead')}</p>
      <Form<Fields>
        layout="vertical"
        initialValues={{ one: policies.find((one) => one.inForce)?.version ?? 0 }}
        onFinish={(fields) => trial.mutate(fields)}
      >
        <Form.Item name="items" label={t('policy.items')} extra={t('policy.itemsHint')}>
          <Select
            mode="multiple"
            loading={items.isPending}
            showSearch={{ optionFilterProp: 'label' }}
            options={(items.data ?? []).map((item) => ({
              value: item.code,
              label: `${item.name} ${item.code}`,
            }))}
          />
        </Form.Item>
        <Form.Item name="regions" label={t('policy.regions')} rules={needed}>
          <Select
            mode="multiple"
            loading={regions.isPending}
            showSearch={{ optionFilterProp: 'label' }}
            options={(regions.data ?? []).map((one) => ({ value: one.code, label: one.name }))}
          />
        </Form.Item>
        <div className="small-fields">
          <Form.Item name="one" label={t('policy.one')} rules={needed}>
            <Select options={versions} />
          </Form.Item>
          <Form.Item name="other" label={t('policy.other')}>
            <Select allowClear options={versions} />
          </Form.Item>
        </div>
        <Button type="primary" htmlType="submit" loading={trial.isPending}>
          {t('policy.run')}
        </Button>
      </Form>
      <ProblemAlert error={trial.error} className="gap-above" />
      {trial.data && <Result result={trial.data} nameOf={nameOf} />}
    </Card>
  );
}

interface ResultProps {
  result: {
    body: { items: string[]; regions: string[] };
    versions: number[];
    outcome?: PolicyOutcome;
    comparison?: Comparison;
  };
  nameOf: (version: number) => string;
}

function Result({ result: { body, versions, outcome, comparison }, nameOf }: ResultProps) {
  const { t } = useTranslation();
  const [first = 0, second = 0] = versions;
  const outcomes = outcome ? [outcome] : comparison ? [comparison.before, comparison.after] : [];
  return (
    <div className="stack">
      {outcome && <Outcome title={nameOf(first)} outcome={outcome} />}
      {comparison && <PolicyComparison names={[nameOf(first), nameOf(second)]} comparison={comparison} />}
      {versions.map(
        (version, at) =>
          outcomes[at]?.strata.some((row) => row.atCap > 0) && (
            <section key={version}>
              <h4>{t('policy.atCapBy', { name: nameOf(version) })}</h4>
              <PolicyCapped version={version} {...body} />
            </section>
          ),
      )}
    </div>
  );
}

function Outcome({ title, outcome }: { title: string; outcome: PolicyOutcome }) {
  const { t } = useTranslation();
  const { short } = useStratumName();
  const { population, apart, joint, strata, departments, regions } = outcome;
  const saved = Math.round((apart - joint) * 10) / 10;
  return (
    <section className="gap-above">
      <h3>{title}</h3>
      <p>{t('policy.summary', { population: population.toLocaleString(), apart, joint, saved })}</p>
      <Numbers
        heads={[
          t('ceremony.stratum'),
          t('policy.population'),
          t('policy.ratio'),
          t('policy.cap'),
          t('policy.atCap'),
          t('policy.sample'),
          t('policy.visits'),
        ]}
        rows={strata.map((row) => ({
          key: row.stratum,
          name: short(row.stratum),
          cells: [
            row.population.toLocaleString(),
            formatRatio(row.ratioPpm),
            row.cap === null ? t('policy.noCap') : t('policy.capOf', { n: row.cap }),
            row.atCap,
            row.sample.toLocaleString(),
            row.visits,
          ],
        }))}
      />
      <p className="muted small">{t('policy.atCapWhy')}</p>
      {departments.length > 0 && (
        <div className="gap-below">
          <Numbers
            heads={[t('policy.department'), t('policy.workload')]}
            rows={departments.map(({ department, visits }) => ({
              key: department.code,
              name: department.name,
              cells: [visits],
            }))}
          />
        </div>
      )}
      <Numbers
        heads={[t('policy.region'), t('policy.county2')]}
        rows={regions.map(({ region, visits }) => ({
          key: region.code,
          name: region.name,
          cells: [visits],
        }))}
      />
    </section>
  );
}
