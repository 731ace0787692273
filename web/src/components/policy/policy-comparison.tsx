import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PolicyComparison as Comparison } from '../../api/types';
import { formatRatio } from '../../lib/format';
import { useStratumName } from '../../lib/use-stratum-name';
import { Numbers } from '../numbers';

type Row = Comparison['differences'][number]['before'];
type Stratum = Comparison['before']['strata'][number];

interface Props {
  /** What the two versions are called. */
  names: [before: string, after: string];
  comparison: Comparison;
}

/** Two versions side by side: the rows that differ, and what each comes to on the registry as it is. */
export function PolicyComparison({ names: [before, after], comparison }: Props) {
  const { t } = useTranslation();
  const { short, full } = useStratumName();
  const { differences, ...outcomes } = comparison;
  const cap = (n: number | null) => (n === null ? t('policy.noCap') : t('policy.capOf', { n }));
  const count = (n: number) => n.toLocaleString();
  const rowName = (row: Row) => full([row.drawClass, row.region?.code, row.level].filter(Boolean).join('-'));
  const names = [
    ...new Set([...outcomes.before.strata, ...outcomes.after.strata].map(({ stratum }) => stratum)),
  ].sort();
  const visitsIn = (rows: { visits: number }[], at: number) => rows[at]?.visits ?? 0;
  return (
    <section className="gap-above">
      <h3>{t('policy.compared', { before, after })}</h3>
      {(['before', 'after'] as const).map((which) => {
        const { population, apart, joint } = outcomes[which];
        const saved = Math.round((apart - joint) * 10) / 10;
        return (
          <p key={which}>
            <strong>{which === 'before' ? before : after}</strong>：
            {t('policy.summary', { population: count(population), apart, joint, saved })}
          </p>
        );
      })}
      <h4>{t('policy.differences')}</h4>
      {differences.length === 0 ? (
        <p className="muted">{t('policy.same')}</p>
      ) : (
        <Numbers
          heads={[
            t('policy.row'),
            t('policy.ratio'),
            t('policy.cap'),
            t('policy.population'),
            t('policy.sample'),
            t('policy.visits'),
          ]}
          rows={differences.map(({ population, ...effects }) => ({
            key: `${rowName(effects.before)}/${rowName(effects.after)}`,
            name: <Change from={rowName(effects.before)} to={rowName(effects.after)} />,
            cells: [
              <Change
                key="ratio"
                from={formatRatio(effects.before.ratioPpm)}
                to={formatRatio(effects.after.ratioPpm)}
              />,
              <Change key="cap" from={cap(effects.before.cap)} to={cap(effects.after.cap)} />,
              count(population),
              <Change key="sample" from={count(effects.before.sample)} to={count(effects.after.sample)} />,
              <Change key="visits" from={effects.before.visits} to={effects.after.visits} />,
            ],
          }))}
        />
      )}
      <p className="muted small">{t('policy.differencesWhy')}</p>
      <h4>{t('policy.effect')}</h4>
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
        rows={names.map((name) => {
          const row = outcomes.before.strata.find((one) => one.stratum === name);
          const now = outcomes.after.strata.find((one) => one.stratum === name);
          const change = (key: string, of: (one: Stratum) => ReactNode) => (
            <Change key={key} from={row ? of(row) : '—'} to={now ? of(now) : '—'} />
          );
          return {
            key: name,
            name: short(name),
            cells: [
              change('population', (one) => count(one.population)),
              change('ratio', (one) => formatRatio(one.ratioPpm)),
              change('cap', (one) => cap(one.cap)),
              change('atCap', (one) => count(one.atCap)),
              change('sample', (one) => count(one.sample)),
              change('visits', (one) => one.visits),
            ],
          };
        })}
      />
      <p className="muted small">{t('policy.atCapWhy')}</p>
      {outcomes.before.departments.length > 0 && (
        <Numbers
          heads={[t('policy.department'), t('policy.workload')]}
          rows={outcomes.before.departments.map(({ department, visits }, at) => ({
            key: department.code,
            name: department.name,
            cells: [<Change key="visits" from={visits} to={visitsIn(outcomes.after.departments, at)} />],
          }))}
        />
      )}
      <Numbers
        heads={[t('policy.region'), t('policy.county2')]}
        rows={outcomes.before.regions.map(({ region, visits }) => ({
          key: region.code,
          name: region.name,
          cells: [
            <Change
              key="visits"
              from={visits}
              to={outcomes.after.regions.find((one) => one.region.code === region.code)?.visits ?? 0}
            />,
          ],
        }))}
      />
    </section>
  );
}

/** One number where both agree. */
function Change({ from, to }: { from: ReactNode; to: ReactNode }) {
  if (from === to) return <>{from}</>;
  return (
    <>
      {from} → <strong>{to}</strong>
    </>
  );
}
