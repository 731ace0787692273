import { useTranslation } from 'react-i18next';
import type { WatchedCeremony } from '../api/types';
import { contributorName } from '../lib/contributor-name';
import { formatSecond } from '../lib/format';

interface Entry {
  at: string;
  what: string;
  by: string;
}

/** Each step of a ceremony with its time, in order. */
export function MinutesCourse({ ceremony }: { ceremony: WatchedCeremony }) {
  const { t } = useTranslation();
  const entries: Entry[] = [{ at: ceremony.frozenAt, what: t('minutes.log.frozen'), by: '' }];
  for (const { name, contributor, sealedAt, revealedAt } of ceremony.contributions) {
    const by = name ?? contributorName(contributor, undefined, t);
    if (sealedAt) entries.push({ at: sealedAt, what: t('minutes.log.sealed'), by });
    if (revealedAt && name !== null) entries.push({ at: revealedAt, what: t('minutes.log.revealed'), by });
  }
  for (const { rounds } of ceremony.publicValues) {
    for (const { round, entries: made } of rounds) {
      made.forEach((entry, at) =>
        entries.push({
          at: entry.at,
          what: t('minutes.log.entered'),
          by: t('minutes.log.enteredText', {
            department: entry.department,
            role: t(`roles.${entry.role}`),
            round,
            place: at + 1,
          }),
        }),
      );
    }
  }
  if (ceremony.endedAt && (ceremony.phase === 'drawn' || ceremony.phase === 'void')) {
    entries.push({
      at: ceremony.endedAt,
      what: t(`minutes.log.${ceremony.phase}`),
      by: ceremony.voidReason ?? '',
    });
  }
  return (
    <table>
      <thead>
        <tr>
          <th>{t('minutes.time')}</th>
          <th>{t('minutes.step')}</th>
          <th>{t('minutes.what')}</th>
        </tr>
      </thead>
      <tbody>
        {entries
          .sort((a, b) => a.at.localeCompare(b.at))
          .map((entry) => (
            <tr key={`${entry.at}/${entry.what}/${entry.by}`}>
              <td className="minutes-time">{formatSecond(entry.at)}</td>
              <td>{entry.what}</td>
              <td>{entry.by}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
