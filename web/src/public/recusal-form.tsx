import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client';
import type { OpenVisitNotice } from '../api/types';
import { ReasonForm } from './reason-form';

interface Props {
  code: string;
  inspector: { code: string; name: string };
  onChange: (notice: OpenVisitNotice) => void;
}

/** The entity's right to ask that an inspector stay away, with a reason. */
export function RecusalForm({ code, inspector, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <ReasonForm
      opens={t('openNotice.ask')}
      about={inspector.name}
      label={t('openNotice.askReason', { name: inspector.name })}
      longest={500}
      send={t('openNotice.send')}
      submit={(reason) =>
        answerOf(
          api.POST('/api/v1/public/visit-notice/recusal', {
            body: { code, inspector: inspector.code, reason },
          }),
        )
      }
      onChange={onChange}
    />
  );
}
