import { Input, type DatePicker, type DatePickerProps } from 'antd';
import type { Dayjs } from 'dayjs';
import { lazy, Suspense, type ComponentProps, type ComponentType } from 'react';

type DayProps = DatePickerProps<Dayjs, false>;

/** Calendars are a tenth of what a page loads: they come after it, for who picks a day. */
const Day = lazy(async () => ({
  default: (await import('antd/es/date-picker')).default as ComponentType<DayProps>,
}));
const Range = lazy(async () => ({ default: (await import('antd/es/date-picker')).default.RangePicker }));

export function DayPicker(props: DayProps) {
  return (
    <Suspense fallback={<Input disabled id={props.id} aria-label={props['aria-label']} />}>
      <Day {...props} />
    </Suspense>
  );
}

export function RangePicker(props: ComponentProps<typeof DatePicker.RangePicker>) {
  return (
    <Suspense fallback={<Input disabled aria-label={props['aria-label']} />}>
      <Range {...props} />
    </Suspense>
  );
}
