import { useTranslation } from 'react-i18next';
import type { WatchedCeremony } from '../api/types';
import { formatRatio } from '../lib/format';
import { useStratumName } from '../lib/use-stratum-name';

interface Props {
  ceremony: WatchedCeremony;
}

const number = (n: number): string => n.toLocaleString('zh-CN');

export function MinutesStrata({ ceremony }: Props) {
  const { t } = useTranslation();
  const { short } = useStratumName();
  return (
    <table>
      <thead>
        <tr>
          <th>{t('minutes.item')}</th>
          <th>{t('minutes.stratum')}</th>
          <th className="minutes-number">{t('minutes.size')}</th>
          <th className="minutes-number">{t('minutes.ratio')}</th>
          <th className="minutes-number">{t('minutes.sample')}</th>
        </tr>
      </thead>
      <tbody>
        {ceremony.strata.map((row) => (
          <tr key={`${row.item.code}/${row.stratum}`}>
            <td>{row.item.code === '*' ? t('minutes.allItems') : row.item.name}</td>
            <td>{short(row.stratum)}</td>
            <td className="minutes-number">{number(row.size)}</td>
            <td className="minutes-number">{formatRatio(row.ratioPpm)}</td>
            <td className="minutes-number">{number(row.sample)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function MinutesOutcome({ ceremony }: Props) {
  const { t } = useTranslation();
  return (
    <table className="minutes-facts">
      <tbody>
        <tr>
          <th scope="row">{t('minutes.visits')}</th>
          <td>{t('wall.households', { n: number(ceremony.visits) })}</td>
        </tr>
        <tr>
          <th scope="row">{t('minutes.unfilled')}</th>
          <td>
            {ceremony.unfilled.length === 0
              ? t('minutes.unfilledNone')
              : ceremony.unfilled.map((one) => (
                  <div key={one.department}>
                    {t('minutes.unfilledLine', {
                      department: one.department,
                      n: one.missing,
                      rules: one.rules.join('；'),
                    })}
                  </div>
                ))}
          </td>
        </tr>
        <tr>
          <th scope="row">{t('minutes.bundle')}</th>
          <td className="mono">{ceremony.bundleSha256}</td>
        </tr>
      </tbody>
    </table>
  );
}

/** Witnesses and those who held the ceremony, each with a line to sign on. */
export function MinutesWitnesses({ ceremony }: Props) {
  const { t } = useTranslation();
  const isEntered = ceremony.publicValues.some(({ rounds }) => rounds.at(-1)?.outcome === 'agreed');
  const signers = [
    t('minutes.signLead'),
    ...(isEntered ? [t('minutes.signFirst'), t('minutes.signSecond')] : []),
    t('minutes.signOversight'),
  ];
  return (
    <>
      <div className="minutes-together">
        <h2>{t('minutes.witnesses')}</h2>
        {ceremony.witnesses.length === 0 ? (
          <p>{t('minutes.witnessesNone')}</p>
        ) : (
          <table>
            <thead>
              <tr>
                <th>{t('minutes.capacity')}</th>
                <th>{t('minutes.name')}</th>
                <th>{t('minutes.organisation')}</th>
                <th>{t('minutes.signature')}</th>
              </tr>
            </thead>
            <tbody>
              {ceremony.witnesses.map((witness, at) => (
                <tr key={at} className="minutes-sign">
                  <td>{t(`witness.capacities.${witness.capacity}`)}</td>
                  <td>{witness.name ?? t('minutes.notPublic')}</td>
                  <td>{witness.organisation ?? ''}</td>
                  <td />
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
      <div className="minutes-signatures">
        {signers.map((signer) => (
          <p key={signer}>
            {signer}：<span className="minutes-line" /> {t('minutes.date')}：
            <span className="minutes-line minutes-short" />
          </p>
        ))}
      </div>
    </>
  );
}
