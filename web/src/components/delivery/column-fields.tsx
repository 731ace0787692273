import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DeliveryColumn } from '../../api/types';
import './delivery.css';

const FIELDS = [
  'creditCode',
  'entityName',
  'itemCode',
  'itemName',
  'department',
  'resultCode',
  'result',
  'visitOn',
  'campaignCode',
  'campaignName',
  'publishedAt',
  'text',
] as const satisfies DeliveryColumn['field'][];

/** The columns of the receiving system, in its order. */
export function ColumnFields() {
  const { t } = useTranslation();
  const needed = { required: true, message: t('deliveries.needed') };
  const columns: unknown = Form.useWatch('columns');
  const isText = (at: number): boolean =>
    Array.isArray(columns) && (columns[at] as DeliveryColumn | undefined)?.field === 'text';
  return (
    <Form.Item label={t('deliveries.columns')} extra={t('deliveries.columnsHint')}>
      <Form.List name="columns">
        {(lines, { add, remove, move }) => (
          <>
            {lines.map(({ key, name: at }) => (
              <div key={key} className="delivery-column">
                <Form.Item name={[at, 'heading']} rules={[{ ...needed, whitespace: true }]}>
                  <Input
                    maxLength={60}
                    aria-label={t('deliveries.heading')}
                    placeholder={t('deliveries.heading')}
                  />
                </Form.Item>
                <Form.Item name={[at, 'field']} rules={[needed]}>
                  <Select
                    aria-label={t('deliveries.field')}
                    placeholder={t('deliveries.field')}
                    options={FIELDS.map((value) => ({ value, label: t(`deliveries.fields.${value}`) }))}
                  />
                </Form.Item>
                {isText(at) && (
                  <Form.Item name={[at, 'text']} rules={[{ ...needed, whitespace: true }]}>
                    <Input
                      maxLength={200}
                      aria-label={t('deliveries.text')}
                      placeholder={t('deliveries.text')}
                    />
                  </Form.Item>
                )}
                <span className="delivery-column-moves">
                  <Button
                    type="text"
                    icon={<ArrowUpOutlined aria-hidden />}
                    aria-label={t('deliveries.up')}
                    disabled={at === 0}
                    onClick={() => move(at, at - 1)}
                  />
                  <Button
                    type="text"
                    icon={<ArrowDownOutlined aria-hidden />}
                    aria-label={t('deliveries.down')}
                    disabled={at === lines.length - 1}
                    onClick={() => move(at, at + 1)}
                  />
                  <Button
                    type="text"
                    icon={<DeleteOutlined aria-hidden />}
                    aria-label={t('deliveries.remove')}
                    onClick={() => remove(at)}
                  />
                </span>
              </div>
            ))}
            <Button
              onClick={() => add({ heading: '', field: 'creditCode', text: '' } satisfies DeliveryColumn)}
            >
              {t('deliveries.add')}
            </Button>
          </>
        )}
      </Form.List>
    </Form.Item>
  );
}
