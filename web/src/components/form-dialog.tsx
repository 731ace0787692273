import { Form, Modal, type FormInstance } from 'antd';
import type { ReactNode } from 'react';
import { ProblemAlert } from './problem-alert';

interface Props<T> {
  title: string;
  okText: string;
  form: FormInstance<T>;
  /** What sends the form: its progress and its failure are the dialog's. */
  request: { isPending: boolean; error: unknown };
  onFinish: (fields: T) => void;
  onClose: () => void;
  initialValues?: Partial<T>;
  danger?: boolean;
  width?: number;
  children: ReactNode;
}

/** A question to the person, with the fields of its answer; it stays open until the answer is in. */
export function FormDialog<T>(props: Props<T>) {
  const { title, okText, form, request, onFinish, onClose, danger = false, width, children } = props;
  return (
    <Modal
      open
      title={title}
      okText={okText}
      okButtonProps={{ danger }}
      confirmLoading={request.isPending}
      onOk={form.submit}
      onCancel={onClose}
      {...(width === undefined ? {} : { width })}
    >
      <Form
        form={form}
        layout="vertical"
        onFinish={onFinish}
        {...(props.initialValues ? { initialValues: props.initialValues } : {})}
      >
        {children}
      </Form>
      <ProblemAlert error={request.error} />
    </Modal>
  );
}
