/**
 * What takes two people: whoever decides on what somebody asked for is somebody else (ASVS 5.0 2.3.5; domain guide, section 2:
 * nobody approves what they submitted), whatever posts they hold and whomever they stand in for. Each endpoint whose name says
 * that it decides has its line here, and each line its scene in test/integration/security/four-eyes.test.ts.
 */
import type { EndpointName } from './table';

/** Endpoints whose names say that something is decided. */
export const DECIDES =
  /^(accept|agree|approve|command|confirm|correct|decide|draw|publish|refuse|return)|^record(PublicValue|HandlingStep)$/;

interface TwoPeople {
  /** Who is refused. */
  zh: string;
  en: string;
  /** By which function, or where. */
  by: string;
}

export const TWO_PEOPLE = {
  approveCampaign: { zh: '提交方案的人', en: 'who submitted the plan', by: 'mayCommand' },
  recordPublicValue: {
    zh: '登记第一次的人：公共随机值由两人分别登记',
    en: 'who entered it first: the public value is entered by two, each for themselves',
    by: 'api/routes/public-value.ts',
  },
  publishCampaign: {
    zh: '录入过其中结果的人',
    en: 'who recorded one of the results',
    by: 'recordedByPublisher',
  },
  approveAmendment: { zh: '申请变更的人', en: 'who asked for the amendment', by: 'ownAmendment' },
  refuseAmendment: { zh: '申请变更的人', en: 'who asked for the amendment', by: 'ownAmendment' },
  commandAnnualPlan: {
    zh: '批准：提交年度计划的人',
    en: 'to approve: who submitted the plan',
    by: 'mayCommandPlan',
  },
  decideRatioPolicy: {
    zh: '批准：提交该版本的人',
    en: 'to approve: who submitted the version',
    by: 'versionCourse',
  },
  decideDeadlinePolicy: {
    zh: '批准：提交该版本的人',
    en: 'to approve: who submitted the version',
    by: 'versionCourse',
  },
  commandBulletin: {
    zh: '批准：提交通报的人',
    en: 'to approve: who submitted the bulletin',
    by: 'commandsFor',
  },
  publishItem: { zh: '提交事项的人', en: 'who submitted the item', by: 'api/routes/items.ts' },
  decideInspections: {
    zh: '该户检查组成员、处理退回后重新报批的人',
    en: 'the visit’s team, and who answered the return',
    by: 'mayDecideUninvolved',
  },
  decideRecusal: { zh: '该户检查组成员', en: 'the visit’s team', by: 'mayDecideUninvolved' },
  decideObjection: {
    zh: '参加检查和录入的人',
    en: 'who inspected or recorded',
    by: 'mayDecideUninvolved',
  },
  decideCorrection: {
    zh: '申请更正或撤回的人，该结果的案件中有事项待决定的人',
    en: 'who asked for it, and whose own proposal waits in the case that the result led to',
    by: 'isOwnMatter',
  },
  decideExtension: { zh: '申请延期的人', en: 'who asked for more time', by: 'mayDecideExtension' },
  acceptAnswer: { zh: '答复督办单的人', en: 'who answered the order', by: 'api/routes/urging-orders.ts' },
  returnAnswer: { zh: '答复督办单的人', en: 'who answered the order', by: 'api/routes/urging-orders.ts' },
  recordHandlingStep: {
    zh: '批准延期、作出决定、列入或移出名单：提交该事项的人',
    en: 'to grant time, decide, list and take off a list: who submitted the matter',
    by: 'whyNot',
  },
  decideRoleRequest: {
    zh: '申请的人，角色所给的人',
    en: 'who asked, and whose role it is',
    by: 'decisionRefusal',
  },
} as const satisfies Partial<Record<EndpointName, TwoPeople>>;

export type TwoPeopleEndpoint = keyof typeof TWO_PEOPLE;

/** Named like decisions, and why one person is enough. */
export const ONE_PERSON = {
  returnCampaign: {
    zh: '退回不使任何事项生效；提交人可以这样收回',
    en: 'nothing takes effect; who submitted it takes it back so',
  },
  returnItem: {
    zh: '退回不使任何事项生效',
    en: 'nothing takes effect',
  },
  drawCampaign: {
    zh: '只计算：种子由各部门封存的值和两人登记的公共值决定，方案由他人批准',
    en: 'it computes only: the seed is of what each department sealed and two people entered, under a plan that another approved',
  },
  agreeToVisitDay: { zh: '各部门各自同意', en: 'each department agrees for itself' },
  confirmArrival: { zh: '由检查对象确认', en: 'the inspected confirm it' },
  confirmLeaving: { zh: '由检查对象确认', en: 'the inspected confirm it' },
  confirmSecondFactor: { zh: '本人启用自己的二次验证', en: 'one’s own second factor' },
  correctCreditRecord: {
    zh: '更正错误的信用记录，理由和前后内容公开留痕；列入和移出名单另行决定',
    en: 'mends a mistaken entry, with reason and both contents on record; listings are decided elsewhere',
  },
} as const satisfies Partial<Record<EndpointName, { zh: string; en: string }>>;
