/** Kinds of values of settings, each with what is wrong in both languages. */
import { z } from 'zod';

export const url = (protocols: string[], example: string) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `应是形如 ${example} 的地址 / must be a URL like ${example}`,
  });
export const flag = z
  .enum(['yes', 'no', 'true', 'false', '1', '0'], { error: '应为 yes 或 no / must be yes or no' })
  .transform((text) => ['yes', 'true', '1'].includes(text));
export const whole = (min: number, max: number) => {
  const error = `应为 ${String(min)} 到 ${String(max)} 的整数 / must be a whole number from ${String(min)} to ${String(max)}`;
  return z.coerce.number({ error }).int({ error }).min(min, { error }).max(max, { error });
};
