import { Checkbox, type CheckboxOptionType } from 'antd';

interface CheckGroupProps {
  options: CheckboxOptionType<string>[];
  className?: string;
  id?: string;
  value?: string[];
  onChange?: (chosen: string[]) => void;
}

/** Several of some choices. A form marks its fields as required by an attribute that a group of boxes may not have. */
export function CheckGroup({ options, className, id, value, onChange }: CheckGroupProps) {
  return <Checkbox.Group {...{ options, className, id, value, onChange }} />;
}
