import { z } from 'zod';
import { REQUEST_STATES } from '../../domain/permissions/role-requests';
import { ROLES } from '../../domain/roles';
import { departmentCode, instant, ref, regionCode } from './common';

const role = z.enum(ROLES);
const reason = z.string().trim().min(1, '请写明理由').max(500);

export const userFilter = z.object({
  search: z.string().trim().max(100).optional().meta({ description: 'part of the user name or the name' }),
  role: role.optional(),
  department: departmentCode.optional(),
  state: z.enum(['active', 'disabled']).optional(),
});

const heldGrant = z.object({ role, department: ref, region: ref, since: instant });

export const userAccount = z
  .object({
    id: z.int(),
    username: z.string(),
    name: z.string(),
    isDisabled: z.boolean(),
    grants: z.array(heldGrant),
    pending: z.int().meta({ description: 'roles that wait to be confirmed' }),
  })
  .meta({ id: 'UserAccount' });

export const roleRequest = z
  .object({
    id: z.int(),
    user: z.object({ id: z.int(), username: z.string(), name: z.string() }),
    role,
    department: ref,
    region: ref,
    reason: z.string(),
    requestedBy: z.string(),
    requestedAt: instant,
    expiresAt: instant,
    state: z.enum(REQUEST_STATES),
    decidedBy: z.string().nullable(),
    decidedAt: instant.nullable(),
    note: z.string(),
    mayDecide: z.boolean(),
    mayWithdraw: z.boolean(),
  })
  .meta({ id: 'RoleRequest' });

export const userDetail = userAccount
  .extend({
    email: z.string().nullable(),
    createdAt: instant,
    disabledAt: instant.nullable(),
    passwordChangedAt: instant,
    mustChangePassword: z.boolean(),
    hasSecondFactor: z.boolean(),
    sessions: z.int().meta({ description: 'places where the person is signed in' }),
    lastUsedAt: instant.nullable(),
    requests: z.array(roleRequest),
    may: z.object({
      request: z.boolean(),
      endRoles: z.boolean(),
      disable: z.boolean(),
      enable: z.boolean(),
      issuePassword: z.boolean(),
      endSessions: z.boolean(),
      resetSecondFactor: z.boolean(),
    }),
  })
  .meta({ id: 'UserDetail' });

export const wantedRole = z.object({ role, department: departmentCode, region: regionCode });

export const newUser = z.object({
  username: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, '用户名为小写字母、数字和 . _ -，以字母或数字开头')
    .meta({ example: 'wang' }),
  name: z.string().trim().min(1, '请填写姓名').max(100),
  email: z.email('邮箱不正确').max(254).nullable(),
  roles: z.array(wantedRole).min(1, '请至少申请一个角色').max(20),
  reason,
});

export const roleRequestBody = wantedRole.extend({ reason });
export const endedRole = wantedRole.extend({ reason });
export const withReason = z.object({ reason });

export const requestDecision = z.object({
  confirms: z.boolean(),
  note: z.string().trim().max(500).default(''),
});

export const issuedPassword = z.object({
  username: z.string(),
  password: z.string().meta({ description: 'shown this once; has to be changed at the next sign-in' }),
});
