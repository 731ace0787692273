import { Alert } from 'antd';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { FrequencyWarning } from '../../api/types';

interface Props {
  warnings: readonly FrequencyWarning[];
  /** An inspection that is planned, or an entity that is looked at. */
  planned: boolean;
}

/** That an entity is inspected too often, with what was counted; nothing where it is not. */
export function FrequencyNote({ warnings, planned }: Props) {
  const { t } = useTranslation();
  if (warnings.length === 0) return null;
  return (
    <Alert
      type="warning"
      className="gap-below"
      title={t('frequency.title')}
      description={
        <>
          {warnings.map((warning) => (
            <div key={warning.kind}>{frequencyText(warning, planned, t)}</div>
          ))}
          <ul className="small">
            {countedOnce(warnings).map(({ campaign, number, on }) => (
              <li key={`${campaign.code}/${number}`}>
                {t('frequency.visit', { campaign: campaign.name, number, on })}
              </li>
            ))}
          </ul>
        </>
      }
    />
  );
}

/** Mostly both warnings count the same. */
function countedOnce(warnings: readonly FrequencyWarning[]): FrequencyWarning['visits'] {
  const visits = new Map(
    warnings.flatMap((one) =>
      one.visits.map((visit) => [`${visit.campaign.code}/${visit.number}`, visit] as const),
    ),
  );
  return [...visits.values()].sort((a, b) => a.on.localeCompare(b.on));
}

export function frequencyText(
  { kind, count, limit }: FrequencyWarning,
  planned: boolean,
  t: TFunction,
): string {
  if (kind === 'cap') return t(planned ? 'frequency.capPlanned' : 'frequency.capReached', { count, limit });
  return t(planned ? 'frequency.soonPlanned' : 'frequency.soonSeen', { count, limit });
}
