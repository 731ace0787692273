/**
 * Which personal fields of a record who sees (ASVS 5.0 8.1.2, 8.2.3, 14.2.6; PIPL art. 6: no more than the purpose needs).
 * By what the person has to do with the record, not by the role alone. Everybody who sees the record gets the field masked;
 * some get it clear, because they cannot do their work of that day without it; some may have it shown by a click, which goes
 * into the audit log (`personal-data.reveal`).
 */
import { covers } from '../regions/covers';
import { hasRole, type Actor } from '../roles';
import { actsForDepartment, seesAllInspectors } from '../permissions/records';
import { TERMS_KEEPERS } from '../permissions/groups';
import type { Kind } from './kinds';
import { masked } from './masks';

export const RELATIONS = {
  self: { zh: '本人', en: 'the person' },
  department: { zh: '本部门的联络员、牵头人员', en: 'liaison and lead officers of the department' },
  oversees: { zh: '统筹、督查', en: 'coordinators and supervisors' },
  today: { zh: '当日上门的检查组成员', en: 'the team whose visit is fixed for today' },
  team: { zh: '尚未完成的检查的检查组成员', en: 'the team of a visit that is not done' },
  office: {
    zh: '管辖该地区的联络员、牵头、统筹、信用管理人员',
    en: 'liaisons, lead officers, coordinators and credit officers in charge of the region',
  },
  mails: {
    zh: '处理未送达邮件的系统管理员、督查',
    en: 'administrators and supervisors who look after mails',
  },
  answers: { zh: '答复异议的部门负责人、联络员', en: 'heads and liaisons of the department that answers' },
} as const;

export type Relation = keyof typeof RELATIONS;

interface Rule {
  record: 'inspector' | 'entity' | 'mail' | 'objection';
  kind: Kind;
  zh: string;
  en: string;
  /** Whom it is shown without a click. */
  clear: readonly Relation[];
  onClick: readonly Relation[];
}

export const FIELDS = {
  inspectorPhone: {
    ...{ record: 'inspector', kind: 'phone', zh: '执法人员电话', en: 'inspector’s phone' },
    ...{ clear: ['self'], onClick: ['department', 'oversees'] },
  },
  inspectorMail: {
    ...{ record: 'inspector', kind: 'mail', zh: '执法人员邮箱', en: 'inspector’s mail' },
    ...{ clear: ['self'], onClick: ['department', 'oversees'] },
  },
  certificate: {
    ...{ record: 'inspector', kind: 'certificate', zh: '执法证号', en: 'number of the certificate' },
    ...{ clear: ['self', 'department'], onClick: ['oversees'] },
  },
  contactName: {
    ...{ record: 'entity', kind: 'name', zh: '检查对象联系人', en: 'entity’s contact' },
    ...{ clear: ['today'], onClick: ['team', 'office'] },
  },
  contactPhone: {
    ...{ record: 'entity', kind: 'phone', zh: '检查对象联系电话', en: 'phone of the contact' },
    ...{ clear: ['today'], onClick: ['team', 'office'] },
  },
  mailAddress: {
    ...{ record: 'mail', kind: 'mail', zh: '未送达邮件的收件地址', en: 'address of a failed mail' },
    ...{ clear: [], onClick: ['mails'] },
  },
  objector: {
    ...{ record: 'objection', kind: 'name', zh: '异议人', en: 'who objects' },
    ...{ clear: [], onClick: ['answers'] },
  },
} as const satisfies Record<string, Rule>;

export type Field = keyof typeof FIELDS;

/** What somebody gets of a field. */
export const SIGHTS = ['clear', 'on-request', 'masked'] as const;
export type Sight = (typeof SIGHTS)[number];

export function sightOn(field: Field, relations: readonly Relation[]): Sight {
  const { clear, onClick }: Rule = FIELDS[field];
  if (relations.some((one) => clear.includes(one))) return 'clear';
  return relations.some((one) => onClick.includes(one)) ? 'on-request' : 'masked';
}

/** The field as it goes out. */
export const shownAs = (field: Field, value: string, relations: readonly Relation[]): string =>
  sightOn(field, relations) === 'clear' ? value : masked(FIELDS[field].kind, value);

export function relationsToInspector(
  actor: Actor,
  inspector: { userId: number | null; department: string },
): Relation[] {
  return [
    ...(inspector.userId === actor.id ? (['self'] as const) : []),
    ...(actsForDepartment(actor, inspector.department) ? (['department'] as const) : []),
    ...(seesAllInspectors(actor) ? (['oversees'] as const) : []),
  ];
}

/** What the person's own visits at an entity are: of an unfinished one's team, and whether its day is today. */
export interface OwnVisits {
  isOfTeam: boolean;
  isToday: boolean;
}

const OFFICE = ['liaison', 'lead_officer', 'coordinator', 'credit_officer'];

/** Without `own`, as in long lists, by the role alone. */
export function relationsToEntity(actor: Actor, region: string, own?: OwnVisits): Relation[] {
  return [
    ...(own?.isToday ? (['today'] as const) : []),
    ...(own?.isOfTeam ? (['team'] as const) : []),
    ...(actor.grants.some((grant) => OFFICE.includes(grant.role) && covers(grant.region, region))
      ? (['office'] as const)
      : []),
  ];
}

export const relationsToMails = (actor: Actor): Relation[] =>
  hasRole(actor, ...TERMS_KEEPERS) ? ['mails'] : [];
