import { z } from 'zod';
import { ROLES } from '../../domain/roles';
import { departmentCode, regionCode } from './common';

export const credentials = z.object({
  username: z.string().min(1, '请填写用户名').max(64),
  password: z.string().min(1, '请填写密码').max(256),
});

export const grant = z.object({ role: z.enum(ROLES), department: departmentCode, region: regionCode });

export const me = z
  .object({
    id: z.int(),
    username: z.string(),
    name: z.string(),
    grants: z.array(grant),
    owes: z
      .enum(['password', 'second-factor'])
      .nullable()
      .meta({ description: 'to be done at /account before anything else; null: nothing' }),
  })
  .meta({ id: 'Me' });

export const region = z
  .object({ code: regionCode, name: z.string(), parentCode: z.string().nullable() })
  .meta({ id: 'Region' });

export const department = z
  .object({
    code: departmentCode,
    name: z.string(),
    shortName: z.string(),
    regionCode,
    kind: z.enum(['inspecting', 'list-registrar', 'credit', 'budget', 'supervision', 'leading-group']),
  })
  .meta({ id: 'Department' });
