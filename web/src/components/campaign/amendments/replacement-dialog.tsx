import { useQuery } from '@tanstack/react-query';
import { Form, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../../api/client';
import type { Campaign } from '../../../api/types';
import { departmentsOf, hasRole, useSession } from '../../../session/use-session';
import { FormDialog } from '../../form-dialog';
import { ProblemAlert } from '../../problem-alert';
import { ReasonField } from '../../reason-field';
import { useRequest } from './use-request';

interface Fields {
  inspector: string;
  scope: 'all' | 'visits';
  visits?: number[];
  reason: string;
}

interface Props {
  campaign: Campaign;
  /** Who can't go, where that is known already. */
  leaving: string | null;
  onClose: () => void;
}

/** Who can't go, for which visits, and why; who goes instead is nobody's choice. */
export function ReplacementDialog({ campaign, leaving, onClose }: Props) {
  const { t } = useTranslation();
  const { data: me } = useSession();
  const [form] = Form.useForm<Fields>();
  const { code } = campaign;
  const request = useRequest(code, onClose);
  const team = useQuery({
    queryKey: ['drawn-team', code],
    queryFn: () => answerOf(api.GET('/api/v1/campaigns/{code}/inspectors', { params: { path: { code } } })),
  });
  const own = departmentsOf(me, 'liaison');
  const people = (team.data?.rows ?? []).filter(
    (one) => hasRole(me, 'lead_officer', 'coordinator') || own.includes(one.department),
  );
  const departments = campaign.departments.filter(({ code: department }) =>
    people.some((one) => one.department === department),
  );
  const chosen = Form.useWatch('inspector', form) as string | undefined;
  const scope = Form.useWatch('scope', form) as Fields['scope'] | undefined;
  const open = people.find((one) => one.inspector === chosen)?.openVisits ?? [];
  return (
    <FormDialog
      title={t('amendments.replace')}
      okText={t('amendments.send')}
      form={form}
      request={request}
      initialValues={{ scope: 'all', ...(leaving === null ? {} : { inspector: leaving }) }}
      onFinish={({ inspector, scope: wanted, visits = [], reason }) =>
        request.mutate({
          kind: 'replacement',
          inspector,
          visits: wanted === 'all' ? null : visits,
          reason,
        })
      }
      onClose={onClose}
    >
      <p className="muted">{t('amendments.replaceHint')}</p>
      <ProblemAlert error={team.error} className="gap-below" />
      <Form.Item
        name="inspector"
        label={t('amendments.inspector')}
        rules={[{ required: true, message: t('amendments.inspectorNeeded') }]}
      >
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          loading={team.isPending}
          placeholder={t('amendments.inspectorHint')}
          notFoundContent={t(team.isPending ? 'states.loading' : 'amendments.nobody')}
          onChange={() => form.setFieldValue('visits', [])}
          options={departments.map((department) => ({
            label: department.name,
            title: department.name,
            options: people
              .filter((one) => one.department === department.code)
              .map((one) => ({
                value: one.inspector,
                label: `${one.name}（${one.inspector}）· ${t('amendments.openVisits', { n: one.openVisits.length })}`,
              })),
          }))}
        />
      </Form.Item>
      <Form.Item name="scope" label={t('amendments.visits')}>
        <Radio.Group className="choices">
          <Radio value="all">{t('amendments.scopeAll')}</Radio>
          <Radio value="visits">{t('amendments.scopeSome')}</Radio>
        </Radio.Group>
      </Form.Item>
      {scope === 'visits' && (
        <Form.Item
          name="visits"
          label={t('amendments.numbers')}
          rules={[{ required: true, message: t('amendments.numbersNeeded') }]}
        >
          <Select
            mode="multiple"
            disabled={chosen === undefined}
            placeholder={t(chosen === undefined ? 'amendments.inspectorNeeded' : 'amendments.numbersHint')}
            options={open.map((number) => ({ value: number, label: t('amendments.visit', { number }) }))}
            showSearch={{ optionFilterProp: 'label' }}
          />
        </Form.Item>
      )}
      <ReasonField
        label={t('amendments.reason')}
        hint={t('amendments.reasonHint')}
        needed={t('amendments.reasonNeeded')}
        minLength={5}
      />
    </FormDialog>
  );
}
