import { Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDepartments, useRegions } from '../../lib/use-organisation';
import { ROLES } from './roles';

/** Role, department and region; `at`: of which of several. */
export function WantedRoleFields({ at }: { at?: number }) {
  const { t } = useTranslation();
  const departments = useDepartments();
  const regions = useRegions();
  const nameOf = (field: string) => (at === undefined ? field : [at, field]);
  const rules = [{ required: true, message: t('users.create.needed') }];
  const search = { optionFilterProp: 'label' };
  return (
    <div className="wanted-role">
      <Form.Item name={nameOf('role')} label={t('users.role')} rules={rules}>
        <Select options={ROLES.map((value) => ({ value, label: t(`roles.${value}`) }))} />
      </Form.Item>
      <Form.Item name={nameOf('department')} label={t('users.department')} rules={rules}>
        <Select
          showSearch={search}
          loading={departments.isPending}
          options={(departments.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
        />
      </Form.Item>
      <Form.Item name={nameOf('region')} label={t('users.region')} rules={rules}>
        <Select
          showSearch={search}
          loading={regions.isPending}
          options={(regions.data ?? []).map(({ code, name }) => ({ value: code, label: `${name} ${code}` }))}
        />
      </Form.Item>
    </div>
  );
}
