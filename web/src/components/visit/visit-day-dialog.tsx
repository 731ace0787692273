import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, DatePicker, Form, Input, Radio } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useTranslation } from 'react-i18next';
import { answerOf, api } from '../../api/client';
import type { VisitDay } from '../../api/types';
import { today } from '../../lib/format';
import { useIntention } from '../../lib/use-intention';
import { FormDialog } from '../form-dialog';
import { ProblemAlert } from '../problem-alert';
import { DayConflicts } from './day-conflicts';

export type DayPart = NonNullable<VisitDay['standing']>['part'];

export interface DayWish {
  day?: string;
  part?: DayPart;
}

interface Fields {
  day: Dayjs;
  part: DayPart;
  reason?: string;
}

interface Props {
  visitId: number;
  day: VisitDay;
  /** What the form begins with. */
  wish: DayWish;
  onClose: () => void;
}

/** Whoever proposes sees the team's conflicts before the others do. */
export function VisitDayDialog({ visitId, day, wish, onClose }: Props) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<Fields>();
  const { key, settle } = useIntention();
  const chosen = (Form.useWatch('day', form) as Dayjs | undefined)?.format('YYYY-MM-DD') ?? wish.day;
  const part = (Form.useWatch('part', form) as DayPart | undefined) ?? wish.part ?? 'morning';
  const check = useQuery({
    queryKey: ['visit-day', visitId, 'check', chosen, part],
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/visits/{id}/day/check', {
          params: { path: { id: visitId }, query: { day: chosen ?? '', part } },
        }),
      ),
    enabled: chosen !== undefined,
  });
  const propose = useMutation({
    mutationFn: (fields: Fields) =>
      answerOf(
        api.POST('/api/v1/visits/{id}/day/proposals', {
          params: { path: { id: visitId }, header: { 'Idempotency-Key': key } },
          body: { ...fields, day: fields.day.format('YYYY-MM-DD'), reason: fields.reason ?? '' },
        }),
      ),
    onSuccess: (after) => {
      void message.success(t('visitDay.sent'));
      client.setQueryData(['visit-day', visitId], after);
      onClose();
    },
    onSettled: settle,
  });
  const isOff = check.data?.isWorkingDay === false;
  const needsReason = isOff || day.standing !== null;
  const needed = { required: true, message: t('visitDay.needed') };
  const earliest = [day.window.from, today()].sort().at(-1);
  return (
    <FormDialog
      title={t(day.standing ? 'visitDay.other' : 'visitDay.propose')}
      okText={t('visitDay.send')}
      form={form}
      request={propose}
      onFinish={propose.mutate}
      onClose={onClose}
      initialValues={{
        part: wish.part ?? 'morning',
        ...(wish.day === undefined ? {} : { day: dayjs(wish.day) }),
      }}
    >
      <p className="muted">{t('visitDay.window', day.window)}</p>
      <Form.Item name="day" label={t('visitDay.day')} rules={[needed]}>
        <DatePicker className="full" minDate={dayjs(earliest)} maxDate={dayjs(day.window.to)} />
      </Form.Item>
      <Form.Item name="part" label={t('visitDay.part')} rules={[needed]}>
        <Radio.Group
          optionType="button"
          options={(['morning', 'afternoon', 'day'] as const).map((value) => ({
            value,
            label: t(`visitDay.parts.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t('visitDay.reason')}
        extra={isOff && chosen ? t('visitDay.dayOff', { day: chosen }) : t('visitDay.reasonHint')}
        rules={needsReason ? [{ ...needed, whitespace: true }] : []}
      >
        <Input maxLength={200} />
      </Form.Item>
      <div role="status" className="gap-below">
        {chosen === undefined ? null : check.data ? (
          check.data.conflicts.length > 0 ? (
            <DayConflicts conflicts={check.data.conflicts} />
          ) : (
            <span className="good">{t('visitDay.noConflict')}</span>
          )
        ) : check.error ? (
          <ProblemAlert error={check.error} />
        ) : (
          <span className="muted">{t('visitDay.checking')}</span>
        )}
      </div>
    </FormDialog>
  );
}
