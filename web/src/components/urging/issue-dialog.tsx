import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Form, Input, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { answerOf, api } from '../../api/client';
import { DayPicker } from '../day-pickers';
import { today } from '../../lib/format';
import { useIntention } from '../../lib/use-intention';
import { useDepartments } from '../../lib/use-organisation';
import { FormDialog } from '../form-dialog';

interface Fields {
  /** A campaign's code, or `plan/YEAR`. */
  about: string;
  department: string;
  addressee?: number;
  demand: string;
  answerBy: Dayjs;
  tasks?: number[];
}

const PLAN = 'plan/';
const WATCHED = ['frozen', 'sealed', 'drawn', 'dispatched', 'under_way', 'results_in', 'published'];

/** An urging order by hand. */
export function IssueDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [form] = Form.useForm<Fields>();
  const about = Form.useWatch('about', form) as string | undefined;
  const department = Form.useWatch('department', form) as string | undefined;
  const { key, settle } = useIntention();
  const choices = useAbout();
  const departments = useDepartments();
  const people = useQuery({
    queryKey: ['addressees', department],
    enabled: department !== undefined,
    queryFn: async () =>
      (
        await answerOf(
          api.GET('/api/v1/urging-orders/addressees', {
            params: { query: { department: department ?? '' } },
          }),
        )
      ).rows,
  });
  const tasks = useOverdueTasks(about, department);
  const issue = useMutation({
    mutationFn: (fields: Fields) =>
      answerOf(
        api.POST('/api/v1/urging-orders', {
          params: { header: { 'Idempotency-Key': key } },
          body: {
            campaign: fields.about.startsWith(PLAN) ? null : fields.about,
            planYear: fields.about.startsWith(PLAN) ? Number(fields.about.slice(PLAN.length)) : null,
            department: fields.department,
            addressee: fields.addressee ?? null,
            demand: fields.demand,
            answerBy: fields.answerBy.format('YYYY-MM-DD'),
            tasks: fields.tasks ?? [],
          },
        }),
      ),
    onSuccess: async ({ number }) => {
      void message.success(t('urging.issueDone', { number }));
      await client.invalidateQueries();
      void navigate(`/urging-orders/${number}`);
    },
    onSettled: settle,
  });
  return (
    <FormDialog
      title={t('urging.issue')}
      okText={t('urging.issue')}
      form={form}
      request={issue}
      onFinish={issue.mutate}
      onClose={onClose}
      width={640}
    >
      <p className="muted">{t('urging.issueHint')}</p>
      <Form.Item
        name="about"
        label={t('urging.about')}
        rules={[{ required: true, message: t('urging.campaignNeeded') }]}
      >
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={choices}
          onChange={() => form.resetFields(['tasks'])}
        />
      </Form.Item>
      <Form.Item
        name="department"
        label={t('urging.department')}
        rules={[{ required: true, message: t('urging.departmentNeeded') }]}
      >
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={(departments.data ?? [])
            .filter((one) => one.kind !== 'supervision')
            .map((one) => ({ value: one.code, label: one.name }))}
          onChange={() => form.resetFields(['addressee', 'tasks'])}
        />
      </Form.Item>
      <Form.Item name="addressee" label={t('urging.addressee')}>
        <Select
          allowClear
          placeholder={t('urging.anyAddressee')}
          loading={people.isFetching}
          options={(people.data ?? []).map((one) => ({
            value: one.id,
            label: `${one.name} · ${t(`roles.${one.role}`)}`,
          }))}
        />
      </Form.Item>
      <Form.Item
        name="demand"
        label={t('urging.demand')}
        extra={t('urging.demandHint')}
        rules={[{ required: true, min: 5, whitespace: true, message: t('urging.demandNeeded') }]}
      >
        <Input.TextArea rows={3} maxLength={4000} />
      </Form.Item>
      <Form.Item
        name="answerBy"
        label={t('urging.issueBy')}
        rules={[{ required: true, message: t('urging.issueByNeeded') }]}
      >
        <DayPicker className="full" minDate={dayjs(today())} />
      </Form.Item>
      <Form.Item name="tasks" label={t('urging.tasksLabel')} extra={t('urging.tasksHint')}>
        <Select
          mode="multiple"
          allowClear
          maxCount={200}
          loading={tasks.isFetching}
          showSearch={{ optionFilterProp: 'label' }}
          options={(tasks.data ?? []).map((one) => ({ value: one.id, label: one.title }))}
        />
      </Form.Item>
    </FormDialog>
  );
}

/** What an order can be about: campaigns whose deadlines are watched, published plans. */
function useAbout() {
  const { t } = useTranslation();
  const campaigns = useQuery({
    queryKey: ['campaign-choice'],
    queryFn: () => answerOf(api.GET('/api/v1/campaigns', { params: { query: { limit: 200 } } })),
  });
  const plans = useQuery({
    queryKey: ['annual-plans'],
    queryFn: async () => (await answerOf(api.GET('/api/v1/annual-plans'))).rows,
  });
  return [
    {
      label: t('urging.campaign'),
      options: (campaigns.data?.rows ?? [])
        .filter((one) => WATCHED.includes(one.stage))
        .map((one) => ({ value: one.code, label: one.name })),
    },
    {
      label: t('urging.orPlan'),
      options: (plans.data ?? [])
        .filter((one) => one.stage === 'published')
        .map(({ year }) => ({ value: `${PLAN}${year}`, label: t('urging.plan', { year }) })),
    },
  ].filter(({ options }) => options.length > 0);
}

function useOverdueTasks(about: string | undefined, department: string | undefined) {
  return useQuery({
    queryKey: ['tasks', 'overdue', about, department],
    enabled: about !== undefined && department !== undefined,
    queryFn: async () => {
      const campaign = about?.startsWith(PLAN) ? {} : { campaign: about };
      const { rows } = await answerOf(
        api.GET('/api/v1/tasks', {
          params: { query: { scope: 'all', state: 'overdue', limit: 200, ...campaign } },
        }),
      );
      return rows.filter(
        (task) =>
          task.department.code === department &&
          (task.campaign?.code ?? `${PLAN}${task.planYear ?? ''}`) === about,
      );
    },
  });
}
