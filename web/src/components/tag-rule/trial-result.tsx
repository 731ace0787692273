import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TagRuleTrial } from '../../api/types';

const SETS = ['gaining', 'losing', 'matching'] as const;

/** Whom a rule would give the tag, and whom it would take it from. */
export function TrialResult({ trial }: { trial: TagRuleTrial }) {
  const { t } = useTranslation();
  const { declared } = trial;
  const shown = (count: number) => count.toLocaleString('en');
  return (
    <section className="gap-below rule-samples" role="status">
      <p>
        {t('tagRule.counts', {
          matching: shown(trial.matching),
          gaining: shown(trial.gaining),
          losing: shown(trial.losing),
        })}
        {declared > 0 && ` ${t('tagRule.declared', { n: shown(declared) })}`}
      </p>
      {trial.estimatedFrom !== null && <p>{t('tagRule.estimated', { n: shown(trial.estimatedFrom) })}</p>}
      <p className="muted small">
        {t('tagRule.sampleHint')} · <mark>{t('tagRule.gives')}</mark> · <del>{t('tagRule.stops')}</del>
      </p>
      <Tabs
        size="small"
        defaultActiveKey={SETS.find((set) => trial[set] > 0) ?? 'gaining'}
        items={SETS.map((set) => ({
          key: set,
          label: t('tagRule.samplesOf', { name: t(`tagRule.sets.${set}`), n: shown(trial[set]) }),
          children: <Samples set={set} trial={trial} />,
        }))}
      />
    </section>
  );
}

function Samples({ set, trial }: { set: (typeof SETS)[number]; trial: TagRuleTrial }) {
  const { t } = useTranslation();
  const samples = trial.samples[set];
  if (samples.length === 0) {
    return (
      <p className="muted">{trial[set] === 0 ? t(`tagRule.noSamples.${set}`) : t('tagRule.noneHere')}</p>
    );
  }
  return (
    <ul className="row-list">
      {samples.map(({ creditCode, name, scope }) => (
        <li key={creditCode}>
          <Link to={`/entities/${creditCode}`} target="_blank">
            {name}
          </Link>
          <div className="small">
            {scope.map(({ text, mark }, at) => {
              if (mark === 'gives') return <mark key={at}>{text}</mark>;
              if (mark === 'stops') return <del key={at}>{text}</del>;
              return <span key={at}>{text}</span>;
            })}
          </div>
        </li>
      ))}
    </ul>
  );
}
