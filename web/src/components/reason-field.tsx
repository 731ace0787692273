import { Form, Input } from 'antd';

interface Props {
  label: string;
  /** Said where it is missing or too short. */
  needed: string;
  hint?: string;
  minLength?: number;
  maxLength?: number;
  rows?: number;
  autoFocus?: boolean;
}

/** Why somebody does what a form is about: asked for wherever it goes on the record. */
export function ReasonField({ label, needed, hint, minLength = 1, ...area }: Props) {
  return (
    <Form.Item
      name="reason"
      label={label}
      extra={hint}
      rules={[{ required: true, min: minLength, whitespace: true, message: needed }]}
    >
      <Input.TextArea rows={3} maxLength={1000} {...area} />
    </Form.Item>
  );
}
