/**
 * What the key of a machine may be good for. A key does what its service user may, and of that only what its scopes name:
 * whatever is in none of them is closed to machines. Nothing that people decide or answer for with their name is here:
 * approvals, draws, results, accounts.
 */
import type { EndpointName } from './table';

interface KeyScopeWords {
  zh: string;
  en: string;
  endpoints: readonly EndpointName[];
}

export const KEY_SCOPES = {
  'registries:read': {
    zh: '查询检查对象、检查人员名录和区划',
    en: 'read the registries of entities and inspectors, and regions',
    endpoints: [
      ...(['listEntities', 'countEntities', 'downloadEntities', 'downloadEntityWorkbook'] as const),
      ...(['readRegistryDay', 'readEntity', 'readEntityRecord', 'readRegionBook'] as const),
      ...(['listTagRules', 'listTagRuleVersions', 'listInspectors', 'downloadInspectors'] as const),
      'readInspector',
    ],
  },
  'registries:import': {
    zh: '导入名录、信用信息和培训记录，查看结果',
    en: 'import registries, credit facts and trainings, and read what became of it',
    endpoints: [
      ...(['importFile', 'cancelImport', 'readTemplate', 'downloadTemplate'] as const),
      ...(['listImports', 'downloadImports', 'readImport', 'listRefusals', 'downloadRefusals'] as const),
    ],
  },
  'items:read': {
    zh: '查询抽查事项清单',
    en: 'read the list of items',
    endpoints: ['listItems', 'downloadItems', 'readItem', 'listItemVersions', 'compareItemVersions'],
  },
  'campaigns:read': {
    zh: '查询抽查任务、年度计划和政策',
    en: 'read campaigns, annual plans and policies',
    endpoints: [
      ...([
        'listCampaigns',
        'downloadCampaigns',
        'readCampaign',
        'listAmendments',
        'listAnnualPlans',
        'readAnnualPlan',
      ] as const),
      ...(['listRatioPolicies', 'listDeadlinePolicies'] as const),
    ],
  },
  'visits:read': {
    zh: '查询检查安排和检查结果（不含佐证材料）',
    en: 'read visits and their results, without evidence',
    endpoints: ['listVisits', 'downloadVisits', 'readVisit', 'readVisitDay', 'listInspections'],
  },
  'oversight:read': {
    zh: '查询督查看板、督办单、通报和任务',
    en: 'read the board, urging orders, bulletins and tasks',
    endpoints: [
      ...(['readBoard', 'downloadBoardCsv', 'downloadBoardXlsx', 'readInspectorLoads'] as const),
      ...(['listUrgingOrders', 'readUrgingOrder', 'downloadUrgingOrdersCsv'] as const),
      ...(['downloadUrgingOrdersXlsx', 'listOverseenTasks', 'downloadOverseenTasksCsv'] as const),
      ...(['downloadOverseenTasksXlsx', 'listBulletins', 'readBulletin'] as const),
    ],
  },
  'statistics:read': {
    zh: '查询抽查统计',
    en: 'read statistics',
    endpoints: [
      ...(['readCoverage', 'downloadCoverage', 'readChance', 'downloadChance'] as const),
      ...(['readInspectorCounts', 'downloadInspectorCounts', 'readGrooming', 'downloadGrooming'] as const),
    ],
  },
  'handling:read': {
    zh: '查询后续处理案件和信用记录',
    en: 'read cases and credit records',
    endpoints: [
      ...([
        'listHandlingCases',
        'downloadHandlingCases',
        'readHandlingCase',
        'listCreditRecords',
        'downloadCreditRecords',
      ] as const),
    ],
  },
  'deliveries:read': {
    zh: '查询结果报送的批次和文件',
    en: 'read batches of published results and their files',
    endpoints: ['listDeliveryTargets', 'listDeliveries', 'listDeliveryRows', 'readDeliveryFile'],
  },
  'audit:read': {
    zh: '查询和导出审计日志',
    en: 'read and export the audit log',
    endpoints: ['listAuditEntries', 'downloadAuditCsv', 'downloadAuditLines', 'readAuditState'],
  },
} as const satisfies Record<string, KeyScopeWords>;

export type KeyScope = keyof typeof KEY_SCOPES;

export const KEY_SCOPE_NAMES = Object.keys(KEY_SCOPES) as KeyScope[];

/** The scope that an endpoint asks of a key; null: no machine calls it. */
export const keyScopeOf = (endpoint: string): KeyScope | null => SCOPE_BY_ENDPOINT.get(endpoint) ?? null;

const SCOPE_BY_ENDPOINT: ReadonlyMap<string, KeyScope> = new Map(
  KEY_SCOPE_NAMES.flatMap((scope) =>
    KEY_SCOPES[scope].endpoints.map((endpoint): [string, KeyScope] => [endpoint, scope]),
  ),
);
