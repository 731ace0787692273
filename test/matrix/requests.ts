/** What each endpoint is asked about: the records of the scene. */
import { shift } from '../../domain/deadlines/working-days';
import { WITNESS_CAPACITIES } from '../../domain/witnesses';
import type { EndpointId, Sent } from '../integration/api/support';
import { png } from '../support/evidence';
import { BULLETIN } from './plant';

/** Numbers and codes of the records, by what they are. */
export interface Records {
  today: string;
  campaign: string;
  /** Another one, not frozen yet. */
  draft: string;
  creditCode: string;
  visit: number;
  /** With results, of which one is being corrected and one opened a case. */
  otherVisit: number;
  evidence: number;
  task: number;
  extension: number;
  training: number;
  effort: number;
  exclusion: number;
  planLine: number;
  correction: number;
  recusal: number;
  objection: number;
  case: number;
  notice: number;
  import: number;
  order: string;
  colleague: number;
  /** With a role of the city's, for whom another is asked. */
  somebody: number;
  roleRequest: number;
  delegation: number;
  amendment: number;
  simulation: number;
  /** In the team of the visits. */
  inspector: number;
}

export const PLAN_LINE = {
  ...{ department: 'WJW', item: 'WJW-001', regions: ['691101'], ratioPpm: 50_000, note: '' },
  ...{ windowFrom: '2031-03-01', windowTo: '2031-06-30' },
};

export const ANSWER = { item: 'WJW-001', resultCode: 1, opinion: '', answers: { license: true } };

const DRAFT = {
  ...{ name: '餐饮具集中消毒检查', category: 'general', methods: ['on-site'], objectTags: ['catering'] },
  legalBases: [{ law: '中华人民共和国食品安全法', article: '第五十八条' }],
  checkForm: [{ title: '消毒', questions: [{ key: 'sterilizer', text: '餐具是否消毒？', type: 'yes-no' }] }],
};

const inspector = (name: string, reason: string) => ({
  ...{ departmentCode: 'WJW', reason, name, certificateNumber: 'ZF-909', regions: [], qualifications: [] },
  ...{ certificateValidUntil: '2099-12-31', capacity: null, email: null, phone: '', status: 'active' },
});

/** Of a campaign that nobody has decided on yet. */
export const draftPlan = (today: string) => ({
  ...{ name: '又一次联合抽查', leadDepartment: 'SCJG', regions: ['691101'], mode: 'joint' },
  ...{ visitFrom: shift(today, 10), visitTo: shift(today, 40), items: ['SCJG-001', 'WJW-001'] },
  ratios: ['A', 'B', 'C', 'D'].map((stratum) => ({ stratum, ratioPpm: 10_000, minimum: 1 })),
});

export function requestsAbout(ids: Records): {
  params: Record<string, string | number>;
  requests: Partial<Record<EndpointId, Sent>>;
} {
  const { today } = ids;
  const reason = '试一试能不能办理';
  const params = {
    code: ids.campaign,
    creditCode: ids.creditCode,
    id: ids.visit,
    evidence: ids.evidence,
    department: 'WJW',
    item: 'WJW-001',
    kind: 'inspectors',
    number: ids.order,
    year: 2031,
  };
  const bulletin = { number: BULLETIN };
  const plan = draftPlan(today);
  const draft = { code: ids.draft };
  const notice = { kind: 'notice' };
  const at = (more: object) => ({ ...params, ...more });
  const requests: Partial<Record<EndpointId, Sent>> = {
    readEfforts: { params },
    planEffort: { params, body: { personDays: 3, cost: 500, note: '' } },
    addEffort: { params, body: { personDays: 1, cost: 100, spentOn: today, purpose: '车辆' } },
    withdrawEffort: { params: at({ id: ids.effort }), body: { reason } },
    readCampaign: { params },
    listAmendments: { params },
    listDrawnTeam: { params },
    listInspections: { params },
    returnCampaign: { params, body: { reason } },
    approveCampaign: { params },
    submitCampaign: { params: draft },
    freezeCampaign: { params },
    drawCampaign: { params },
    dispatchCampaign: { params },
    publishCampaign: { params },
    closeCampaign: { params },
    cancelCampaign: { params, body: { reason } },
    sealContribution: { params, body: { department: 'WJW', seal: 'a'.repeat(64) } },
    revealContribution: { params, body: { department: 'WJW', value: 'a value that is long enough' } },
    createCampaign: { body: plan },
    editCampaign: { params: draft, body: plan },
    recordPublicValue: {
      params,
      body: { contributor: 'public:lottery', value: '03 07 11', number: '2026031', on: today },
    },
    removeWitness: { params: at({ id: 1 }) },
    approveAmendment: { params: at({ id: ids.amendment }), body: { note: reason } },
    refuseAmendment: { params: at({ id: ids.amendment }), body: { note: reason } },
    requestAmendment: { params, body: { kind: 'replacement', inspector: 'WJW-0001', reason } },
    recordWitness: {
      params,
      body: { capacity: WITNESS_CAPACITIES[0], name: '王明', organisation: '公证处' },
    },
    startSimulation: { params: draft, body: { runs: 1 } },
    readSimulation: { params: at({ id: ids.simulation }) },
    listSimulations: { params },
    listCapped: { params: draft },
    downloadCapped: { params: draft },
    downloadCappedWorkbook: { params: draft },
    listCampaigns: {},
    listVisits: {},
    readVisit: { params },
    readVisitDay: { params },
    readVisitPapers: { params },
    readVisitCalendar: { query: { from: shift(today, -30), to: shift(today, 30) } },
    saveDraft: {
      params,
      body: { revision: 0, content: { visitOn: today, resultCode: 1, opinion: '', answers: {} } },
    },
    submitResults: { params, body: { visitOn: today, results: [ANSWER] } },
    checkVisitDay: { params, query: { day: today } },
    proposeVisitDay: { params, body: { day: shift(today, 1), part: 'morning' } },
    agreeToVisitDay: { params, body: { proposal: 1 } },
    issueVisitCode: { params, body: { purpose: 'notice' } },
    requestCorrection: {
      params: at({ id: ids.otherVisit }),
      body: { ...ANSWER, resultCode: 7, opinion: '现场所见', reason: '录入时选错了结果' },
    },
    reviseCorrection: {
      params: at({ id: ids.correction }),
      body: { resultCode: 5, opinion: '已责令改正', answers: { license: true }, reason },
    },
    withdrawCorrection: { params: at({ id: ids.correction }) },
    decideCorrection: { params: at({ id: ids.correction }), body: { accepts: true, note: '' } },
    recordArrival: { params, body: { people: ['WJW-0001'], reason } },
    recordLeaving: { params, body: { people: ['WJW-0001'], reason } },
    decideInspections: {
      params,
      body: { department: 'WJW', decision: 'approve', note: '', visits: [ids.visit] },
    },
    answerInspectionReturn: { params, body: { department: 'WJW', answer: reason } },
    downloadCampaigns: {},
    downloadVisits: {},
    listTasks: { query: { scope: 'all' } },
    downloadTasksCsv: { query: { scope: 'all' } },
    readTask: { params: at({ id: ids.task }) },
    requestExtension: { params: at({ id: ids.task }), body: { amount: 1, reason } },
    decideExtension: { params: at({ id: ids.extension }), body: { accepts: true, note: '' } },
    withdrawExtension: { params: at({ id: ids.extension }) },
    reassignTask: { params: at({ id: ids.task }), body: { assignee: ids.colleague, reason } },
    listAwaitingTasks: {},
    listUrgingOrders: {},
    downloadUrgingOrdersCsv: {},
    readUrgingOrder: { params },
    answerUrgingOrder: { params, body: { answer: reason, measures: reason } },
    acceptAnswer: { params, body: { note: '' } },
    returnAnswer: { params, body: { note: reason, answerBy: shift(today, 3) } },
    withdrawUrgingOrder: { params, body: { reason } },
    listAddressees: { query: { campaign: ids.campaign, department: 'WJW' } },
    issueUrgingOrder: {
      body: { campaign: ids.campaign, department: 'WJW', demand: '请说明原因。', answerBy: shift(today, 2) },
    },
    readBoard: { query: { from: shift(today, -30), to: shift(today, 90) } },
    readInspectorLoads: { query: { from: shift(today, -30), to: shift(today, 90) } },
    downloadOverseenTasksXlsx: { query: { from: shift(today, -30), to: shift(today, 90) } },
    listOverseenTasks: { query: { from: shift(today, -30), to: shift(today, 90) } },
    downloadOverseenTasksCsv: { query: { from: shift(today, -30), to: shift(today, 90) } },
    listBulletins: {},
    readBulletin: { params: bulletin },
    draftBulletin: { body: { from: shift(today, -30), to: today, region: '691101' } },
    editBulletin: {
      params: bulletin,
      body: { title: '通报', texts: { summary: reason, reasons: '', demands: '' }, version: 1 },
    },
    commandBulletin: { params: { ...bulletin, command: 'approve' }, body: { reason: '' } },
    createInspector: { body: { code: 'WJW-0909', ...inspector('新人', reason) } },
    editInspector: { params: { code: 'WJW-0003' }, body: inspector('改名', reason) },
    readInspectorFile: { params: { code: 'WJW-0001' } },
    listExclusions: {},
    declareExclusion: { body: { inspector: 'WJW-0001', creditCode: ids.creditCode, reason: '亲属经营' } },
    endExclusion: { params: { id: ids.exclusion }, body: { reason } },
    enterTraining: {
      params: { code: 'WJW-0002' },
      body: { topic: '执法规范', heldOn: shift(today, -5), hours: 4, validUntil: shift(today, 300) },
    },
    withdrawTraining: { params: { id: ids.training }, body: { reason } },
    listDelegations: {},
    createDelegation: {
      body: {
        ...{ person: ids.inspector, delegate: ids.colleague, reason },
        ...{ from: shift(today, 1), until: shift(today, 2) },
      },
    },
    endDelegation: { params: { id: ids.delegation } },
    addEvidence: { params, query: { item: 'WJW-001', fileName: 'x.png' }, body: png(1) },
    readEvidence: { params },
    removeEvidence: { params },
    decideRecusal: { params: at({ id: ids.recusal }), body: { grants: false, note: reason } },
    decideObjection: { params: at({ id: ids.objection }), body: { upholds: false, note: reason } },
    listHandlingCases: {},
    downloadHandlingCases: {},
    readHandlingCase: { params: at({ id: ids.case }) },
    recordHandlingStep: { params: at({ id: ids.case }), body: { step: 'rectified', note: reason } },
    markNoticeRead: { params: { id: ids.notice } },
    readImport: { params: at({ id: ids.import }) },
    listRefusals: { params: at({ id: ids.import }) },
    downloadRefusals: { params: at({ id: ids.import }) },
    cancelImport: { params: at({ id: ids.import }) },
    undoImport: { params: at({ id: ids.import }), body: { reason } },
    createItem: { body: { code: 'WJW-T1', departmentCode: 'WJW', draft: DRAFT } },
    editItem: { params: { code: 'WJW-001' }, body: { ...DRAFT, changeReason: reason } },
    submitItem: { params: { code: 'WJW-001' } },
    addPlanLine: { params, body: PLAN_LINE },
    editPlanLine: { params: at({ id: ids.planLine }), body: PLAN_LINE },
    removePlanLine: { params: at({ id: ids.planLine }) },
    commandAnnualPlan: { params: at({ command: 'approve' }), body: {} },
    revealPersonalData: {
      body: { record: 'inspector', id: 'WJW-0001', fields: ['inspectorPhone'], reason },
    },
    listUsers: {},
    downloadUsers: {},
    readUser: { params: { id: ids.somebody } },
    createUser: {
      body: {
        ...{ username: 'newcomer', name: '新人', email: null, reason },
        roles: [{ role: 'supervisor', department: 'DCS', region: '691100' }],
      },
    },
    endUserSessions: { params: { id: ids.somebody }, body: { reason } },
    issuePassword: { params: { id: ids.somebody }, body: { reason } },
    resetSecondFactor: { params: { id: ids.somebody }, body: { reason } },
    disableUser: { params: { id: ids.somebody }, body: { reason } },
    enableUser: { params: { id: ids.somebody }, body: { reason } },
    requestRole: {
      params: { id: ids.somebody },
      body: { role: 'supervisor', department: 'DCS', region: '691100', reason },
    },
    endRole: {
      params: { id: ids.somebody },
      body: { role: 'list_registrar', department: 'BB', region: '691100', reason },
    },
    listRoleRequests: {},
    decideRoleRequest: { params: { id: ids.roleRequest }, body: { confirms: false, note: reason } },
    withdrawRoleRequest: { params: { id: ids.roleRequest } },
    downloadNotice: { params },
    downloadIssuedNotice: { params, body: { code: '7K2M-9QXD-30VB-TH5E-W8NA' } },
    downloadCheckForms: { params },
    downloadRectificationOrder: { params: at({ id: ids.case }) },
    downloadBulletinDocument: { params: bulletin },
    downloadCampaignReport: { params },
    listDocumentTemplates: {},
    readDocumentTemplate: { params: notice },
    readTemplateVersion: { params: { ...notice, version: 1 } },
    previewDocument: { params: notice, body: { body: '{{检查对象}}' } },
    saveDocumentTemplate: {
      params: notice,
      body: { department: 'WJW', body: '{{检查对象}}', note: reason, basedOn: 0 },
    },
    resetDocumentTemplate: { params: notice, body: { department: 'WJW', note: reason, basedOn: 1 } },
    readYearEfforts: { query: { year: today.slice(0, 4) } },
    downloadYearEfforts: { query: { year: today.slice(0, 4) } },
  };
  return { params, requests };
}
