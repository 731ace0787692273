import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { TagRuleSave, TagRuleVersion } from '../../api/types';
import { FormDialog } from '../form-dialog';
import { ProblemAlert } from '../problem-alert';
import { TrialResult } from './trial-result';
import { TAG_RULES_KEY } from './use-tag-rules';

interface Fields {
  tag: string;
  label: string;
  anyOf: string[];
  noneOf: string[];
  notWith: string[];
  reason?: string;
}

interface Props {
  /** In force; null: a new tag. */
  current: TagRuleVersion | null;
  /** What the form begins with, where it is not the rule in force: a version to restore, and why. */
  restored: { version: TagRuleVersion; reason: string } | null;
  /** It was ordered: a worker carries it out. */
  onOrdered: (save: TagRuleSave) => void;
  onClose: () => void;
}

/** A rule, tried out before it can be saved: words that were changed since are tried out again. */
export function TagRuleDialog({ current, restored, onOrdered, onClose }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const client = useQueryClient();
  const fields = Form.useWatch((all: Fields) => all, form);
  const begun = restored?.version ?? current;
  const active = begun?.active ?? true;
  const tagOf = (asked: Pick<Fields, 'tag'>) => current?.tag ?? asked.tag;
  const trial = useMutation({
    mutationFn: async (asked: Fields) => ({
      key: keyOf(asked),
      outcome: await answerOf(
        api.POST('/api/v1/tag-rules/trial', {
          body: { tag: tagOf(asked), ...wordsOf(asked), active },
        }),
      ),
    }),
  });
  const save = useMutation({
    mutationFn: (asked: Fields) =>
      answerOf(
        api.PUT('/api/v1/tag-rules/{tag}', {
          params: { path: { tag: tagOf(asked) } },
          body: {
            ...wordsOf(asked),
            active,
            label: asked.label,
            reason: asked.reason ?? '',
            basedOn: current?.version ?? null,
          },
        }),
      ),
    onSuccess: (ordered) => {
      void client.invalidateQueries({ queryKey: TAG_RULES_KEY });
      onOrdered(ordered);
    },
    onError: () => void client.invalidateQueries({ queryKey: TAG_RULES_KEY }),
  });
  const outcome = trial.data?.key === keyOf(fields) ? trial.data.outcome : null;
  const isTried = outcome !== null;
  const needed = { required: true, message: t('tagRule.needed') };
  return (
    <FormDialog
      title={current ? `${t('tagRule.edit')} · ${current.label}` : t('tagRule.create')}
      okText={isTried ? t('tagRule.save') : t('tagRule.try')}
      form={form}
      request={isTried ? save : { isPending: trial.isPending, error: null }}
      initialValues={{
        label: begun?.label ?? '',
        anyOf: begun?.anyOf ?? [],
        noneOf: begun?.noneOf ?? [],
        notWith: begun?.notWith ?? [],
        ...(restored ? { reason: restored.reason } : {}),
      }}
      onFinish={(asked) => (isTried ? save.mutate(asked) : trial.mutate(asked))}
      onClose={onClose}
      width={720}
    >
      {!current && (
        <Form.Item
          name="tag"
          label={t('tagRule.code')}
          extra={t('tagRule.codeHint')}
          rules={[needed, { pattern: /^[a-z][a-z0-9-]{1,39}$/, message: t('tagRule.codeBad') }]}
        >
          <Input maxLength={40} />
        </Form.Item>
      )}
      <Form.Item name="label" label={t('tagRule.label')} rules={[{ ...needed, whitespace: true }]}>
        <Input maxLength={20} />
      </Form.Item>
      <Form.Item name="anyOf" label={t('tagRule.anyOf')} extra={t('tagRule.wordsHint')} rules={[needed]}>
        <Words />
      </Form.Item>
      <Form.Item name="noneOf" label={t('tagRule.noneOf')} extra={t('tagRule.noneOfHint')}>
        <Words />
      </Form.Item>
      <Form.Item name="notWith" label={t('tagRule.notWith')} extra={t('tagRule.notWithHint')}>
        <Words />
      </Form.Item>
      {!active && <p>{t('tagRule.staysOff')}</p>}
      <ProblemAlert error={trial.error} className="gap-below" />
      {outcome && <TrialResult trial={outcome} />}
      {isTried ? (
        <Form.Item
          name="reason"
          label={t('tagRule.reason')}
          extra={t('tagRule.reasonHint')}
          rules={[{ ...needed, whitespace: true }]}
        >
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
      ) : (
        <p className="muted">{t('tagRule.tryFirst')}</p>
      )}
    </FormDialog>
  );
}

/** The form gives it its value. */
function Words(props: { id?: string; value?: string[]; onChange?: (words: string[]) => void }) {
  return (
    <Select {...props} mode="tags" open={false} suffix={null} tokenSeparators={[' ', ';', '；', '\n']} />
  );
}

const wordsOf = ({ anyOf, noneOf, notWith }: Fields) => ({ anyOf, noneOf, notWith });

const keyOf = (fields: Fields): string => JSON.stringify([fields.tag, wordsOf(fields)]);
