import { z } from 'zod';
import { DELIVERY_STATUSES } from '../../domain/deliveries/course';
import { DELIVERY_FIELDS } from '../../domain/deliveries/fields';
import { DELIVERY_FORMATS, DELIVERY_KINDS } from '../../domain/deliveries/target';
import { creditCode, instant } from './common';

const column = z
  .object({
    heading: z.string().trim().min(1, '请填写表头').max(60, '表头最多 60 个字'),
    field: z.enum([...DELIVERY_FIELDS, 'text']),
    text: z
      .string()
      .trim()
      .max(200, '最多 200 个字')
      .default('')
      .meta({ description: 'of the field `text`: the same in every row' }),
  })
  .meta({ id: 'DeliveryColumn' });

const columns = z.array(column).min(1, '至少一列').max(40, '最多 40 列');

const layout = {
  name: z.string().trim().min(1, '请填写名称').max(40, '名称最多 40 个字'),
  kind: z.enum(DELIVERY_KINDS),
  format: z.enum(DELIVERY_FORMATS),
  columns,
};

export const deliveryTargetBody = z
  .object({
    ...layout,
    enabled: z.boolean(),
    basedOn: z.int().nullable().meta({ description: 'the version that was changed; null: a new one' }),
  })
  .meta({ id: 'DeliveryTargetBody' });

export const deliveryTarget = z
  .object({
    code: z.string().meta({ example: 'credit-platform' }),
    ...layout,
    enabled: z.boolean(),
    version: z.int(),
    waiting: z.int().meta({ description: 'published results that are in no delivery yet' }),
    failed: z.int().meta({ description: 'deliveries that were rejected or could not be handed over' }),
  })
  .meta({ id: 'DeliveryTarget' });

export const deliveryTargets = z.object({
  rows: z.array(deliveryTarget),
  presets: z.array(z.object({ code: z.string(), ...layout }).meta({ id: 'DeliveryPreset' })),
  kinds: z.array(z.enum(DELIVERY_KINDS)).meta({ description: 'ways that the site has set up' }),
});

export const deliveryPreviewBody = z.object({ columns });

export const deliveryPreview = z
  .object({
    headings: z.array(z.string()),
    rows: z.array(z.array(z.string())),
    problems: z.array(z.object({ field: z.string(), message: z.string() })),
  })
  .meta({ id: 'DeliveryPreview' });

export const delivery = z
  .object({
    id: z.int(),
    number: z.int(),
    campaign: z.string(),
    fileName: z.string(),
    sha256: z.string(),
    status: z.enum(DELIVERY_STATUSES),
    rows: z.int(),
    accepted: z.int(),
    refused: z.int(),
    unanswered: z.int(),
    attempts: z.int(),
    reply: z.string().nullable().meta({ description: 'what came of the last attempt' }),
    mayResend: z.boolean(),
    createdAt: instant,
    sentAt: instant.nullable(),
    acknowledgedAt: instant.nullable(),
  })
  .meta({ id: 'Delivery' });

export const deliveryOpenRow = z
  .object({
    id: z.int(),
    creditCode,
    entityName: z.string(),
    itemCode: z.string(),
    itemName: z.string(),
    reason: z.string().nullable().meta({ description: "the receiver's, of a refused row" }),
  })
  .meta({ id: 'DeliveryOpenRow' });
