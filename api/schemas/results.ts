import { z } from 'zod';
import { MOST_PHOTOS } from '../../domain/items/check-form';

export const RESULT_CODES = [1, 2, 3, 4, 5, 6, 7, 8] as const;
export const resultCode = z.union(RESULT_CODES.map((code) => z.literal(code)));

const measured = z.strictObject({ value: z.number(), instrument: z.string().trim().max(100).optional() });
const photos = z.array(z.int()).max(MOST_PHOTOS, `一项内容最多 ${MOST_PHOTOS} 张照片`);
export const formAnswer = z.union([z.string(), z.number(), z.boolean(), measured, photos]);
