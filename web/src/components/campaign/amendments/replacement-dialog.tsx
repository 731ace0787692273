import { useQuery } from '@tanstack/react-query';
import { Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../../api/client';
import { departmentsOf, hasRole, useSession } from '../../../session/use-session';
import { ProblemAlert } from '../../problem-alert';
import { useRequest } from './use-request';

interface Fields {
  inspector: string;
  visits?: string;
  reason: string;
}

/** Who can't go, for which visits, and why; who goes instead is nobody's choice. */
export function ReplacementDialog({ code, onClose }: { code: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { data: me } = useSession();
  const [form] = Form.useForm<Fields>();
  const request = useRequest(code, onClose);
  const team = useQuery({
    queryKey: ['drawn-team', code],
    queryFn: () => answerOf(api.GET('/api/v1/campaigns/{code}/inspectors', { params: { path: { code } } })),
  });
  const own = departmentsOf(me, 'liaison');
  const people = (team.data?.rows ?? []).filter(
    (one) => hasRole(me, 'lead_officer', 'coordinator') || own.includes(one.department),
  );
  const finish = ({ inspector, visits = '', reason }: Fields) => {
    const numbers = visits.match(/\d+/g)?.map(Number) ?? [];
    request.mutate({
      kind: 'replacement',
      inspector,
      visits: numbers.length === 0 ? null : numbers,
      reason,
    });
  };
  return (
    <Modal
      open
      title={t('amendments.replace')}
      okText={t('amendments.send')}
      confirmLoading={request.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <p>{t('amendments.replaceHint')}</p>
      <ProblemAlert error={request.error ?? team.error} className="gap-below" />
      <Form form={form} layout="vertical" onFinish={finish}>
        <Form.Item
          name="inspector"
          label={t('amendments.inspector')}
          rules={[{ required: true, message: t('amendments.inspectorNeeded') }]}
        >
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            loading={team.isPending}
            notFoundContent={t('amendments.nobody')}
            options={people.map((one) => ({
              value: one.inspector,
              label: `${one.name}（${one.inspector}）· ${t('amendments.openVisits', { n: one.openVisits })}`,
            }))}
          />
        </Form.Item>
        <Form.Item
          name="visits"
          label={t('amendments.visits')}
          extra={t('amendments.visitsHint')}
          rules={[{ pattern: /^[\d\s,，、;；]*$/, message: t('amendments.visitsWrong') }]}
        >
          <Input maxLength={500} />
        </Form.Item>
        <ReasonField />
      </Form>
    </Modal>
  );
}

/** A request has its reason on the public record. */
export function ReasonField() {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="reason"
      label={t('amendments.reason')}
      extra={t('amendments.reasonHint')}
      rules={[{ required: true, min: 5, whitespace: true, message: t('amendments.reasonNeeded') }]}
    >
      <Input.TextArea rows={3} maxLength={1000} />
    </Form.Item>
  );
}
