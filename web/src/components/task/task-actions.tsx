import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskDetail } from '../../api/types';
import { ExtensionDialog } from './extension-dialog';
import { ReassignDialog } from './reassign-dialog';

/** What the person may ask for or change about a task, besides doing it. */
export function TaskActions({ task }: { task: TaskDetail }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<'extend' | 'reassign' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      {task.extension.mayRequest && <Button onClick={() => setOpen('extend')}>{t('task.extend')}</Button>}
      {task.reassignment && <Button onClick={() => setOpen('reassign')}>{t('task.reassign')}</Button>}
      {open === 'extend' && <ExtensionDialog task={task} onClose={close} />}
      {open === 'reassign' && <ReassignDialog task={task} onClose={close} />}
    </>
  );
}
