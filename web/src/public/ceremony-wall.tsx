import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { CeremonyRecord, WatchedCeremony } from '../api/types';
import { LanguageSwitch } from '../components/language-switch';
import { useTitle } from '../lib/use-title';
import './ceremony-wall.css';
import { WallDrawn } from './ceremony-wall-drawn';
import { WallFacts } from './ceremony-wall-facts';
import { WallPublicValue } from './ceremony-wall-public-value';
import { Contributors, WallClock } from './ceremony-wall-seals';
import { Failure, Loading } from '../components/open-parts';
import { useCeremony } from './use-ceremony';
import { useSpoken } from './use-spoken';

/** The ceremony as it is shown on a wall, and on the phone of whoever scanned its code: follows what happens by itself. */
export function CeremonyWall() {
  const { t } = useTranslation();
  const { code = '' } = useParams();
  const query = useCeremony(code);
  useTitle(query.data && `${t('wall.title')} · ${query.data.record.campaign.name}`);
  if (!query.data) {
    return (
      <main className="wall wall-plain">
        {query.error ? <Failure error={query.error} onRetry={() => void query.refetch()} /> : <Loading />}
      </main>
    );
  }
  return <Wall record={query.data.record} behind={query.data.behind} isLost={query.isError} />;
}

function Wall({ record, behind, isLost }: { record: CeremonyRecord; behind: number; isLost: boolean }) {
  const { t } = useTranslation();
  const { campaign, ceremony } = record;
  const spoken = useSpoken(record);
  const isVoid = ceremony?.phase === 'void';
  return (
    <div className={isVoid ? 'wall wall-void' : 'wall'}>
      <header className="wall-head">
        <div>
          <h1>{campaign.name}</h1>
          <p>
            {t('wall.title')}
            {ceremony && ` · ${t('wall.number', { number: ceremony.number })}`} · {campaign.code} ·{' '}
            {t('wall.lead', { name: campaign.leadDepartment })}
          </p>
        </div>
        <div className="wall-head-end">
          <span className={isLost ? 'wall-state wall-lost' : 'wall-state'} role="status">
            <i aria-hidden />
            {t(isLost ? 'wall.lost' : 'wall.live')}
          </span>
          <LanguageSwitch />
        </div>
      </header>
      <noscript>
        <p className="note">{t('openPages.wallWithoutScript')}</p>
      </noscript>
      <p className="unseen" role="status" aria-live="polite">
        {spoken}
      </p>
      <Steps ceremony={ceremony} />
      <div className="wall-body">
        <main id="content">
          {ceremony ? (
            <Phase record={record} ceremony={ceremony} behind={behind} />
          ) : (
            <Waiting campaign={campaign} />
          )}
          {record.others
            .filter((one) => one.status === 'void')
            .map((one) => (
              <p className="wall-before" key={one.number}>
                {t('wall.before', { number: one.number, reason: one.voidReason ?? '' })}{' '}
                <Link to={`/public/${campaign.code}/ceremony/${one.number}/minutes`}>
                  {t('ceremonies.minutes')}
                </Link>
              </p>
            ))}
        </main>
        <WallFacts record={record} />
      </div>
    </div>
  );
}

const STEPS = ['freeze', 'sealing', 'revealing', 'public-value', 'ready', 'drawn'] as const;

function Steps({ ceremony }: { ceremony: CeremonyRecord['ceremony'] }) {
  const { t } = useTranslation();
  const hasPublic = !ceremony || ceremony.publicValues.length > 0;
  const steps = STEPS.filter((step) => step !== 'public-value' || hasPublic);
  const at = ceremony ? steps.findIndex((step) => step === stepOf(ceremony)) : 0;
  return (
    <ol className="wall-steps">
      {steps.map((step, index) => {
        const isDone = index < at || ceremony?.phase === 'drawn';
        const isNow = index === at && !isDone;
        const state = isDone ? 'stepDone' : isNow ? 'stepNow' : 'stepNext';
        return (
          <li key={step} className={state} aria-current={isNow ? 'step' : undefined}>
            <span className="wall-step-mark" aria-hidden>
              {isDone ? '✓' : index + 1}
            </span>
            {t(`wall.steps.${step}`)}
            <span className="unseen">{t(`wall.${state}`)}</span>
          </li>
        );
      })}
    </ol>
  );
}

/** A void ceremony ended where something was withheld. */
function stepOf({ phase, contributions }: WatchedCeremony): (typeof STEPS)[number] {
  if (phase !== 'void') return phase;
  const isSealed = contributions.every((one) => one.name === null || one.seal !== null);
  return isSealed ? 'revealing' : 'sealing';
}

function Waiting({ campaign }: { campaign: CeremonyRecord['campaign'] }) {
  const { t } = useTranslation();
  return (
    <section className="wall-panel wall-now">
      <h2>{t('wall.waiting.title')}</h2>
      <p>
        {campaign.stage === 'cancelled'
          ? t('wall.waiting.cancelled', { reason: campaign.stageReason ?? '' })
          : t('wall.waiting.text')}
      </p>
      <ol className="wall-how">
        {(['freeze', 'seal', 'reveal', 'draw'] as const).map((step) => (
          <li key={step}>{t(`open.how.${step}`)}</li>
        ))}
      </ol>
    </section>
  );
}

interface PhaseProps {
  record: CeremonyRecord;
  ceremony: WatchedCeremony;
  behind: number;
}

function Phase({ record, ceremony, behind }: PhaseProps) {
  const { t } = useTranslation();
  switch (ceremony.phase) {
    case 'sealing':
    case 'revealing':
      return (
        <section className="wall-panel wall-now">
          <div className="wall-now-head">
            <div>
              <h2>{t(`wall.${ceremony.phase}.title`)}</h2>
              <p>{t(`wall.${ceremony.phase}.text`)}</p>
            </div>
            {ceremony.deadline && <WallClock deadline={ceremony.deadline} behind={behind} />}
          </div>
          <Contributors ceremony={ceremony} />
        </section>
      );
    case 'public-value':
      return (
        <>
          <WallPublicValue ceremony={ceremony} />
          <section className="wall-panel wall-compact">
            <Contributors ceremony={ceremony} />
          </section>
        </>
      );
    case 'ready':
      return (
        <section className="wall-panel wall-now">
          <h2>{t('wall.ready.title')}</h2>
          <p>{t('wall.ready.text')}</p>
          <Contributors ceremony={ceremony} />
        </section>
      );
    case 'drawn':
      return <WallDrawn code={record.campaign.code} ceremony={ceremony} behind={behind} />;
    case 'void':
      return (
        <section className="wall-panel wall-now">
          <h2>{t('wall.void.title')}</h2>
          <p className="wall-reason">{ceremony.voidReason}</p>
          {ceremony.withheld.length > 0 && (
            <>
              <p>{t('wall.void.named')}</p>
              <ul className="wall-withheld">
                {ceremony.withheld.map((one) => (
                  <li key={one.code}>{one.name}</li>
                ))}
              </ul>
              <p>{t('wall.void.text')}</p>
            </>
          )}
          <Contributors ceremony={ceremony} />
        </section>
      );
  }
}
