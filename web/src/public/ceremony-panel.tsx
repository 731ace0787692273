import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PublicCeremony } from '../api/types';
import { contributorName } from '../lib/contributor-name';
import { formatInstant } from '../lib/format';
import { useDepartments } from '../lib/use-organisation';
import { sha256 } from '../lib/sha256';
import { Facts, Panel } from '../components/open-parts';

const HOW = ['freeze', 'seal', 'reveal', 'draw'] as const;
const VERIFY = ['one', 'two', 'three', 'four'] as const;

/** A draw with all that is needed to compute it again. */
export function PublicCeremonyPanel({ code, ceremony }: { code: string; ceremony: PublicCeremony }) {
  const { t } = useTranslation();
  return (
    <>
      <Panel title={t('open.ceremony', { number: ceremony.number })}>
        <p className="head-links">
          <span className="chip">{t(`open.status.${ceremony.status}`)}</span>
          <Link to={`/public/${code}/ceremony/${ceremony.number}/minutes`}>{t('wall.minutes')}</Link>
        </p>
        <details className="gap-below">
          <summary>{t('open.how.title')}</summary>
          <ol>
            {HOW.map((step) => (
              <li key={step}>{t(`open.how.${step}`)}</li>
            ))}
          </ol>
        </details>
        {ceremony.withoutPublicValue && <p className="note">{t('open.withoutPublic')}</p>}
        <Facts
          rows={[
            [
              t('open.commitment'),
              <span className="mono" key="commitment">
                {ceremony.commitment}
              </span>,
            ],
            [t('open.frozenAt'), formatInstant(ceremony.frozenAt)],
            [
              t('open.seed'),
              <span className="mono" key="seed">
                {ceremony.seed ?? t('open.waiting')}
              </span>,
            ],
          ]}
        />
        <FrozenFiles code={code} ceremony={ceremony} />
        {ceremony.capped > 0 && <p className="muted small">{t('open.capped', { n: ceremony.capped })}</p>}
        <h3>{t('open.contributions')}</h3>
        <Contributions ceremony={ceremony} />
        <details className="gap-above">
          <summary>{t('open.manifest')}</summary>
          <pre className="mono manifest" tabIndex={0}>
            {ceremony.manifest}
          </pre>
        </details>
        <CommitmentCheck ceremony={ceremony} />
      </Panel>
      {ceremony.bundleSha256 !== null && (
        <Panel title={t('open.verifyTitle')}>
          <p>
            <a
              className="button"
              href={`/api/v1/public/campaigns/${encodeURIComponent(code)}/bundle.zip`}
              download
            >
              {t('open.bundle')}
            </a>{' '}
            <a
              className="button"
              href={`/verify.html#commitment=${ceremony.commitment}&sha256=${ceremony.bundleSha256}`}
            >
              {t('open.verifyPage')}
            </a>
          </p>
          <p className="small">
            {t('open.bundleHash')}：<span className="mono">{ceremony.bundleSha256}</span>
          </p>
          <CeremoniesFile code={code} />
          <ol>
            {VERIFY.map((step) => (
              <li key={step}>{t(`open.verifySteps.${step}`)}</li>
            ))}
          </ol>
        </Panel>
      )}
    </>
  );
}

/** What the commitment fixes, public before anybody contributes and for ever after. */
function FrozenFiles({ code, ceremony }: { code: string; ceremony: PublicCeremony }) {
  const { t } = useTranslation();
  if (ceremony.frozenSha256 === null) return null;
  return (
    <p className="small">
      <a
        href={`/api/v1/public/campaigns/${encodeURIComponent(code)}/ceremonies/${ceremony.number}/frozen.zip`}
        download
      >
        {t('open.frozenFiles')}
      </a>{' '}
      SHA-256：<span className="mono">{ceremony.frozenSha256}</span>
    </p>
  );
}

/** Shows that no ceremony is hidden: the one that drew, and each that was void before it. */
function CeremoniesFile({ code }: { code: string }) {
  const { t } = useTranslation();
  return (
    <p className="small">
      <a href={`/api/v1/public/campaigns/${encodeURIComponent(code)}/ceremonies.jsonl`} download>
        {t('open.ceremonies')}
      </a>{' '}
      <span className="muted">{t('open.ceremoniesHint')}</span>
    </p>
  );
}

function Contributions({ ceremony }: { ceremony: PublicCeremony }) {
  const { t } = useTranslation();
  const departments = useDepartments();
  return (
    <ul className="row-list">
      {ceremony.contributions.map((one) => {
        const isPublic = one.contributor.startsWith('public:');
        return (
          <li key={one.contributor}>
            <strong>
              {isPublic && `${t('open.publicSource')}：`}
              {contributorName(one.contributor, departments.data, t)}
            </strong>{' '}
            <span className="muted small mono">{one.contributor}</span>
            {!isPublic && (
              <div className="small">
                {t('open.seal')}：<span className="mono">{one.seal ?? t('open.waiting')}</span>
              </div>
            )}
            <div className="small">
              {t('open.value')}：<span className="mono">{one.value ?? t('open.waiting')}</span>
            </div>
            {one.source && (
              <div className="small">
                {t('open.source')}：{one.source}
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** Computes the manifest's digest here and now, so that nobody has to believe the page. */
function CommitmentCheck({ ceremony }: { ceremony: PublicCeremony }) {
  const { t } = useTranslation();
  const [fits, setFits] = useState<boolean | null>(null);
  const check = async () => setFits((await sha256(ceremony.manifest)) === ceremony.commitment);
  return (
    <p className="gap-above" aria-live="polite">
      <button type="button" className="plain-button" onClick={() => void check()}>
        {t('open.checkNow')}
      </button>{' '}
      {fits !== null && (
        <span className={fits ? 'good' : 'bad'}>{t(fits ? 'open.checkGood' : 'open.checkBad')}</span>
      )}
    </p>
  );
}

export function VoidCeremony({ code, ceremony }: { code: string; ceremony: PublicCeremony }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('open.voidTitle', { number: ceremony.number })}>
      <p className="bad">{t('open.voidReason', { reason: ceremony.voidReason ?? '' })}</p>
      <p>
        <Link to={`/public/${code}/ceremony/${ceremony.number}/minutes`}>{t('wall.minutes')}</Link>
      </p>
      <Facts
        rows={[
          [
            t('open.commitment'),
            <span className="mono" key="commitment">
              {ceremony.commitment}
            </span>,
          ],
          [t('open.frozenAt'), formatInstant(ceremony.frozenAt)],
        ]}
      />
      <FrozenFiles code={code} ceremony={ceremony} />
      <CeremoniesFile code={code} />
      <Contributions ceremony={ceremony} />
    </Panel>
  );
}
