import { useTranslation } from 'react-i18next';
import type { OversightReport } from '../../api/types';

/** Those who had something to do and did none of it, by name. */
export function IdleNote({ idle }: Pick<OversightReport, 'idle'>) {
  const { t } = useTranslation();
  return (['departments', 'regions', 'plan'] as const)
    .filter((key) => idle[key].length > 0)
    .map((key) => (
      <p key={key} className="bad">
        {t(`board.idle.${key}`, { names: idle[key].join('、') })}
      </p>
    ));
}
