import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import { Problem } from '../../api/problem';
import type { DocumentTemplate } from '../../api/types';
import { FormDialog } from '../form-dialog';
import { ReasonField } from '../reason-field';

interface Props {
  template: DocumentTemplate;
  whose: string;
  onClose: () => void;
}

interface Fields {
  reason: string;
}

/** After it documents are made by what was written. */
export function SaveDialog({
  template,
  body,
  whose,
  onClose,
  onInvalid,
}: Props & { body: string; onInvalid: (problem: Problem) => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const { message } = App.useApp();
  const keep = useKeep(template, whose);
  const save = useMutation({
    mutationFn: ({ reason }: Fields) =>
      answerOf(
        api.PUT('/api/v1/document-templates/{kind}', {
          params: { path: { kind: template.kind } },
          body: {
            body,
            department: template.department?.code ?? null,
            note: reason,
            basedOn: template.newest,
          },
        }),
      ),
    onSuccess: (saved) => {
      void message.success(t('templates.saved'));
      onClose();
      keep(saved);
    },
    onError: (error) => {
      // What is wrong stands in the text behind the dialog.
      if (error instanceof Problem && error.type === 'template-invalid') onInvalid(error);
    },
  });
  return (
    <FormDialog
      title={t('templates.save')}
      okText={t('templates.save')}
      form={form}
      request={save}
      onFinish={(fields) => save.mutate(fields)}
      onClose={onClose}
    >
      <ReasonField
        label={t('templates.why')}
        needed={t('templates.whyNeeded')}
        minLength={2}
        maxLength={300}
        autoFocus
      />
    </FormDialog>
  );
}

export function ResetDialog({ template, name, whose, onClose }: Props & { name: string }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const { message } = App.useApp();
  const keep = useKeep(template, whose);
  const reset = useMutation({
    mutationFn: ({ reason }: Fields) =>
      answerOf(
        api.POST('/api/v1/document-templates/{kind}/reset', {
          params: { path: { kind: template.kind } },
          body: { department: template.department?.code ?? null, note: reason, basedOn: template.newest },
        }),
      ),
    onSuccess: (saved) => {
      void message.success(t('templates.resetDone'));
      onClose();
      keep(saved);
    },
  });
  const fallback = t(`templates.fallback.${template.department === null ? 'shipped' : 'city'}`);
  return (
    <FormDialog
      title={t('templates.reset')}
      okText={t('templates.reset')}
      danger
      form={form}
      request={reset}
      onFinish={(fields) => reset.mutate(fields)}
      onClose={onClose}
    >
      <p>{t('templates.resetText', { name, fallback })}</p>
      <ReasonField
        label={t('templates.why')}
        needed={t('templates.whyNeeded')}
        minLength={2}
        maxLength={300}
        autoFocus
      />
    </FormDialog>
  );
}

function useKeep(template: DocumentTemplate, whose: string) {
  const client = useQueryClient();
  return (saved: DocumentTemplate) => {
    client.setQueryData(['document-template', template.kind, whose], saved);
    void client.invalidateQueries({ queryKey: ['document-templates'] });
  };
}
