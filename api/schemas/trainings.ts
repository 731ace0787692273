import { z } from 'zod';
import { day, instant } from './common';

const hours = z
  .number()
  .min(0.5, '学时至少为 0.5')
  .max(999, '学时最多为 999')
  .multipleOf(0.5, '学时按半小时填写，如 8 或 3.5');

export const training = z
  .object({
    topic: z.string().trim().min(1, '请填写培训内容').max(100, '培训内容不超过 100 字'),
    heldOn: day.meta({ description: 'its last day' }),
    hours,
    validUntil: day,
  })
  .meta({ id: 'Training' });

export const trainingWithdrawal = z.object({
  reason: z.string().trim().min(1, '请写明理由').max(200, '理由不超过 200 字'),
});

export const keptTraining = training
  .extend({
    id: z.int(),
    inspector: z.string(),
    enteredBy: z.string().nullable().meta({ description: 'null: an import from the console' }),
    enteredAt: instant,
    withdrawnBy: z.string().nullable(),
    withdrawnAt: instant.nullable(),
    withdrawalReason: z.string().nullable(),
    mayWithdraw: z.boolean().meta({ description: 'by who asks' }),
  })
  .meta({ id: 'KeptTraining' });
