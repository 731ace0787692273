/** The bounds within which a role may: what of the records is meant, in words, and the function that decides. */
export interface ScopeWords {
  zh: string;
  en: string;
  /** By which function each record is decided on; null: the role alone decides. */
  by: string | null;
}

export const SCOPES = {
  anyone: { zh: '任何人', en: 'anybody', by: null },
  published: { zh: '任何人；只含已公开的内容', en: 'anybody; only what was made public', by: null },
  code: {
    zh: '持有通知书代码或日历地址的人；只及该户、该日历',
    en: 'who holds the code of a notice or the address of a calendar; only that visit or calendar',
    by: 'hash of the code',
  },
  self: { zh: '只及本人', en: 'only the own account', by: 'actor.id' },
  accounts: {
    zh: '权限全在本人管辖地区之内的用户，本人除外',
    en: 'people all of whose roles lie within one’s own regions; never oneself',
    by: 'keepsAccount',
  },
  asksRole: {
    zh: '本人管辖地区之内的角色；不得为自己申请',
    en: 'roles within one’s own regions; nobody for themselves',
    by: 'askRefusal',
  },
  decidesRole: {
    zh: '本人管辖地区之内的申请；不得核准自己申请的、给自己的',
    en: 'requests within one’s own regions; nobody what they asked for or what is for themselves',
    by: 'decisionRefusal',
  },
  withdrawsRole: { zh: '本人提出的申请', en: 'one’s own requests', by: 'requested_by' },
  office: {
    zh: '各部门共用的名录、清单和政策，全体公务人员可查',
    en: 'registries, lists and policies that all offices share',
    by: null,
  },
  found: {
    zh: '本人在各清单中看得到的记录',
    en: 'records that one sees in the lists of each kind',
    by: 'sightOf',
  },
  city: { zh: '全市；凭角色', en: 'the whole city, by role', by: null },
  importKind: {
    zh: '信用信息归信用管理人员；名录和事项限本部门，全量导入限统筹和系统管理员',
    en: 'credit data by the credit office; the rest for the own department, whole registries by their keepers',
    by: 'mayImportKind',
  },
  ownImport: {
    zh: '本人上传的；名录管理人员可及全部',
    en: 'own files; keepers of the registries all',
    by: 'ownsImport',
  },
  ownDepartment: { zh: '本部门的记录', en: 'records of the own department', by: 'actsForDepartment' },
  inspectorsFile: {
    zh: '本人、本部门；统筹和督查可及全部',
    en: 'oneself, the own department; coordination and supervision all',
    by: 'seesInspectorFile',
  },
  ownInspectors: {
    zh: '本人、本部门的执法人员',
    en: 'oneself, inspectors of the own department',
    by: 'mayDeclareExclusion',
  },
  reveals: {
    zh: '因职责需要查看的人；按字段和与该记录的关系，见个人信息表',
    en: 'who needs it for their work, by field and by what they have to do with the record: personal-data.md',
    by: 'sightOn',
  },
  campaignInSight: {
    zh: '与本人管辖地区相交的任务',
    en: 'campaigns whose regions meet one’s own',
    by: 'hasInSight',
  },
  leads: {
    zh: '牵头部门且管辖任务的全部地区，或该地区的统筹人员',
    en: 'the lead department in charge of all the campaign’s regions, or their coordinator',
    by: 'mayLead',
  },
  decidesCampaign: {
    zh: '牵头部门负责人或领导小组，管辖全部地区；不得批准自己提交的',
    en: 'head of the lead department or leading group, for all regions; nobody what they submitted',
    by: 'mayCommand',
  },
  participates: {
    zh: '参与部门的联络员，只代表本部门',
    en: 'liaisons, each for the own department',
    by: 'mayCommand',
  },
  publicValue: {
    zh: '牵头、参与部门、统筹、督查；两人分别登记',
    en: 'lead, participants, coordination, supervision; two people each for themselves',
    by: 'publicValuePost',
  },
  asksAmendment: {
    zh: '牵头部门；联络员只为本部门人员',
    en: 'the lead; liaisons for inspectors of their own department',
    by: 'speaksFor',
  },
  efforts: {
    zh: '牵头、财政、督查、负责人见全部；参与部门见本部门',
    en: 'lead, budget, supervision and heads all; participants their own',
    by: 'effortsSeen',
  },
  areas: { zh: '本人管辖地区之内', en: 'within the regions of one’s grants', by: 'areaPrefixesOf' },
  commandsPlan: {
    zh: '统筹人员提交、公布；领导小组批准，不得批准自己提交的',
    en: 'the coordinator submits and publishes; the leading group decides, nobody on their own',
    by: 'mayCommandPlan',
  },
  decidesPolicy: {
    zh: '起草人员提交；领导小组批准，不得批准自己提交的',
    en: 'its writers submit; the leading group decides, nobody on their own',
    by: 'isOfLeadingGroup',
  },
  simulates: {
    zh: '牵头、审批、财政，管辖任务的全部地区',
    en: 'lead, deciders and budget, for all the campaign’s regions',
    by: 'maySimulate',
  },
  visitInSight: {
    zh: '检查人员见本人的，联络员见本部门的，牵头和监督见管辖地区的',
    en: 'inspectors their own, liaisons their department’s, those who lead or oversee their regions’',
    by: 'sightOf',
  },
  entersResult: {
    zh: '该户检查组成员（为本部门），或其部门联络员',
    en: 'the visit’s team for their department, or its liaison',
    by: 'mayEnterResult',
  },
  team: { zh: '该户检查组成员', en: 'the visit’s team', by: 'assertOfTeam' },
  readsEvidence: {
    zh: '该户检查组、事项所属部门、牵头和审批人员',
    en: 'the team, the item’s department, those who lead or decide',
    by: 'mayReadEvidence',
  },
  asksCorrection: {
    zh: '检查和录入的人；已公示的还有牵头部门；撤回限申请人',
    en: 'who inspected and recorded; of what is public the lead too; withdrawal by who asked',
    by: 'mayAskCorrection',
  },
  headNotInvolved: {
    zh: '检查部门在该地区的负责人，未参与检查、录入和申请的；没有的，领导小组',
    en: 'the department’s head in the region, without part in the inspection, the record or the request; where it has none, the leading group',
    by: 'mayDecideUninvolved',
  },
  answersInspection: { zh: '本部门联络员', en: 'the department’s liaison', by: 'hasRoleIn' },
  taskInSight: {
    zh: '本人、所代办的人、本部门；牵头和监督见管辖地区的',
    en: 'own, of whom one stands in for, the department’s; those who lead or oversee their regions’',
    by: 'scopeOf',
  },
  completesTask: { zh: '该任务所属的督查机构', en: 'the supervision office that owes it', by: 'hasRoleIn' },
  asksExtension: {
    zh: '责任人、代办人、本部门联络员；撤回限申请人',
    en: 'who owes it, their stand-in, the department’s liaison; withdrawal by who asked',
    by: 'mayAskFor',
  },
  decidesExtension: {
    zh: '牵头部门或督查；不得审批自己的申请',
    en: 'the lead or supervision; nobody their own request',
    by: 'mayDecideExtension',
  },
  reassigns: { zh: '任务所属部门', en: 'the department that owes the task', by: 'mayReassign' },
  leaves: {
    zh: '本人；本部门联络员为本部门人员',
    en: 'oneself; the liaison for people of the department',
    by: 'keepsLeaves',
  },
  orderInSight: {
    zh: '本部门的；督查、统筹、牵头见管辖地区的',
    en: 'the department’s; supervision, coordination and lead their regions’',
    by: 'visibleOrders',
  },
  oversees: {
    zh: '管辖任务全部地区的督查机构，或下达的人；不得认定自己的答复',
    en: 'supervision in charge of all its regions, or who issued it; nobody their own answer',
    by: 'mayOversee',
  },
  answersOrder: { zh: '被督办的部门', en: 'the department that is urged', by: 'mayAnswer' },
  statistics: { zh: '本人监督的地区', en: 'the regions that one oversees', by: 'statisticsAreas' },
  writesBulletins: { zh: '该地区的督查机构', en: 'the region’s supervision office', by: 'mayWriteBulletins' },
  commandsBulletin: {
    zh: '督查机构提交；领导小组批准，不得批准自己提交的',
    en: 'the supervision office submits; the leading group decides, nobody on their own',
    by: 'mayApproveBulletins',
  },
  caseInSight: {
    zh: '本部门的案件和收到的惩戒通知；监督人员见管辖地区的',
    en: 'cases and notices of the own department; those who oversee their regions’',
    by: 'seenBy',
  },
  handles: {
    zh: '每一步由其岗位办理，不得决定自己提交的',
    en: 'each step by its post; nobody decides on what they submitted',
    by: 'whyNot',
  },
  templates: {
    zh: '本部门联络员维护本部门的，市级系统管理员维护全市的',
    en: 'the liaison for the own department, the city’s administrator for the city',
    by: 'mayKeepTemplates',
  },
} as const satisfies Record<string, ScopeWords>;

export type Scope = keyof typeof SCOPES;
