import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { TagRuleSave, TagRuleVersion } from '../../api/types';
import { FormDialog } from '../form-dialog';
import { Loaded } from '../loaded';
import { ReasonField } from '../reason-field';
import { TrialResult } from './trial-result';
import { TAG_RULES_KEY } from './use-tag-rules';

interface Props {
  rule: TagRuleVersion;
  /** It was ordered: a worker carries it out. */
  onOrdered: (save: TagRuleSave) => void;
  onClose: () => void;
}

/** Switches a rule off, or on again; what that does to the registry is shown before. */
export function SwitchDialog({ rule, onOrdered, onClose }: Props) {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ reason: string }>();
  const client = useQueryClient();
  const { tag, label, anyOf, noneOf, notWith, version } = rule;
  const turned = { anyOf, noneOf, notWith, active: !rule.active };
  const trial = useQuery({
    queryKey: [...TAG_RULES_KEY, 'switched', tag, version],
    queryFn: () => answerOf(api.POST('/api/v1/tag-rules/trial', { body: { tag, ...turned } })),
  });
  const save = useMutation({
    mutationFn: ({ reason }: { reason: string }) =>
      answerOf(
        api.PUT('/api/v1/tag-rules/{tag}', {
          params: { path: { tag } },
          body: { ...turned, label, reason, basedOn: version },
        }),
      ),
    onSuccess: (ordered) => {
      void client.invalidateQueries({ queryKey: TAG_RULES_KEY });
      onOrdered(ordered);
    },
    onError: () => void client.invalidateQueries({ queryKey: TAG_RULES_KEY }),
  });
  const title = t(rule.active ? 'tagRule.switchOff' : 'tagRule.switchOn');
  return (
    <FormDialog
      title={`${title} · ${label}`}
      okText={title}
      form={form}
      request={save}
      danger={rule.active}
      onFinish={(fields) => save.mutate(fields)}
      onClose={onClose}
      width={720}
    >
      <p>{t(rule.active ? 'tagRule.offHint' : 'tagRule.onHint')}</p>
      <Loaded query={trial}>{(outcome) => <TrialResult trial={outcome} />}</Loaded>
      <ReasonField
        label={t('tagRule.reason')}
        hint={t('tagRule.reasonHint')}
        needed={t('tagRule.needed')}
        maxLength={500}
      />
    </FormDialog>
  );
}
