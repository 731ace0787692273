import { useTranslation } from 'react-i18next';
import type { Bulletin } from '../../api/types';
import { formatInstant } from '../../lib/format';

type Edition = Pick<Bulletin['editions'][number], 'correction' | 'withdrawnAt' | 'withdrawalReason'>;

/** What an edition corrected, and that it was withdrawn. */
export function EditionNotes({
  edition: { correction, withdrawnAt, withdrawalReason },
}: {
  edition: Edition;
}) {
  const { t } = useTranslation();
  return (
    <>
      {correction && <div>{t('bulletin.correction', { reason: correction })}</div>}
      {withdrawnAt && (
        <div>{t('bulletin.withdrawn', { at: formatInstant(withdrawnAt), reason: withdrawalReason })}</div>
      )}
    </>
  );
}
