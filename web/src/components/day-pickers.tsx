import { Input, type DatePicker } from 'antd';
import { lazy, Suspense, type ComponentProps } from 'react';

/** Calendars are a tenth of what a page loads: they come after it, for who picks a day. */
const Range = lazy(async () => ({ default: (await import('antd/es/date-picker')).default.RangePicker }));

export function RangePicker(props: ComponentProps<typeof DatePicker.RangePicker>) {
  return (
    <Suspense fallback={<Input disabled aria-label={props['aria-label']} />}>
      <Range {...props} />
    </Suspense>
  );
}
