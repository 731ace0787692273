import { EyeOutlined } from '@ant-design/icons';
import { Button, Form, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Item } from '../../api/types';
import { useDepartmentName } from '../../lib/use-organisation';
import { ItemForm } from '../visit/item-form';

type Previewed = Pick<Item, 'name' | 'departmentCode' | 'checkForm' | 'opinions'>;

/** The check form as an inspector has it on site: it can be tried, and nothing of that is kept. */
export function FormPreview({ read }: { read: () => Previewed }) {
  const { t } = useTranslation();
  const nameOf = useDepartmentName();
  const [shown, show] = useState<Previewed | null>(null);
  return (
    <>
      <Button icon={<EyeOutlined aria-hidden />} onClick={() => show(read())}>
        {t('items.previewAsInspector')}
      </Button>
      <Modal
        open={shown !== null}
        title={t('items.previewAsInspector')}
        width={760}
        footer={null}
        destroyOnHidden
        onCancel={() => show(null)}
      >
        <p className="muted small">{t('items.previewHint')}</p>
        {shown && (
          <Form layout="vertical">
            <ItemForm
              item={{
                item: { code: 'preview', name: shown.name },
                department: { code: shown.departmentCode, name: nameOf(shown.departmentCode) },
              }}
              form={{ sections: shown.checkForm, opinions: shown.opinions }}
            />
          </Form>
        )}
      </Modal>
    </>
  );
}
