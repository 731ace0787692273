import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../api/client';
import type { OpenVisitNotice } from '../api/types';
import { ReasonForm } from './reason-form';

interface Props {
  code: string;
  item: { code: string; name: string };
  onChange: (notice: OpenVisitNotice) => void;
}

/** The entity's objection to the result of one item. */
export function ObjectionForm({ code, item, onChange }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const [contact, setContact] = useState('');
  return (
    <ReasonForm
      opens={t('objection.object')}
      about={item.name}
      label={t('objection.reason', { item: item.name })}
      hint={t('objection.reasonHint')}
      longest={1000}
      send={t('objection.send')}
      submit={(reason) =>
        answerOf(
          api.POST('/api/v1/public/visit-notice/objection', {
            body: { code, item: item.code, reason, contact },
          }),
        )
      }
      onChange={onChange}
    >
      <label htmlFor={id}>{t('objection.contact')}</label>
      <input
        id={id}
        maxLength={40}
        autoComplete="off"
        value={contact}
        onChange={(event) => setContact(event.target.value)}
      />
    </ReasonForm>
  );
}
