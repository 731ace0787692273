import { Select } from 'antd';

interface Props {
  label: string;
  /** What is said where nothing is chosen. */
  any: string;
  value: string | undefined;
  /** Empty: nothing is chosen. */
  onChange: (value: string) => void;
  options: { value: string; label: string }[];
  /** Found by typing, where there are many. */
  isSearched?: boolean;
}

/** A choice that narrows a list, or doesn't. */
export function FilterSelect({ label, any, value = '', onChange, options, isSearched = false }: Props) {
  return (
    <Select
      aria-label={label}
      className="stage-filter"
      {...(isSearched ? { showSearch: { optionFilterProp: 'label' } } : {})}
      value={value}
      onChange={onChange}
      options={[{ value: '', label: any }, ...options]}
    />
  );
}
