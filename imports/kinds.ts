/** What each kind of import reads and where they put it. */
import type { Knex } from 'knex';
import {
  applyEntities,
  createEntityStaging,
  planEntities,
  settleEntities,
  stageEntities,
  type MergeCounts,
  type StagedRow,
} from '../db/registry-merge';
import {
  applyInspectors,
  createInspectorStaging,
  planInspectors,
  stageInspectors,
  takeForeignInspectors,
} from '../db/import-inspectors';
import { applyItems, createItemStaging, planItems, stageItems, takeBlockedItems } from '../db/import-items';
import { stageCredit, takeUnknown } from '../db/import-credit';
import {
  applyTrainings,
  createTrainingStaging,
  planTrainings,
  stageTrainings,
  takeBlockedTrainings,
  type TrainingProblem,
} from '../db/import-trainings';
import type { ImportKind, ImportMode } from '../db/imports';
import { listDepartments } from '../db/organisation';
import { readTagRules } from '../db/tag-rules';
import { CREDIT_COLUMNS, readCreditRow, type CreditFacts } from '../domain/registry/credit-row';
import {
  ENTITY_COLUMNS,
  readEntityRow,
  type EntityRow,
  type RowOutcome,
} from '../domain/registry/entity-row';
import { INSPECTOR_COLUMNS, readInspectorRow, type InspectorRow } from '../domain/registry/inspector-row';
import { ITEM_COLUMNS, readItemRow, type ItemRow } from '../domain/registry/item-row';
import { DEFAULT_TAG_RULES } from '../domain/registry/tag-rules';
import { tagFinder } from '../domain/registry/tags';
import { readTrainingRow, TRAINING_COLUMNS, type TrainingFacts } from '../domain/registry/training-row';
import type { ColumnSpec, Header, Refusal } from '../domain/registry/table';
import type { RegionBook } from '../domain/regions/region-book';

export interface ImportScope {
  mode: ImportMode;
  fileName: string;
  startedBy: number | null;
  /** The city's day. */
  today: string;
  /** Departments whose inspectors, items and listings may be touched; null: all. */
  departments: readonly string[] | null;
}

export interface LateRefusal {
  rowNumber: number;
  refusal: Refusal;
}

/** One kind of import; `K` its columns, `T` its rows. */
export interface KindSpec<K extends string, T> {
  columns: Record<K, ColumnSpec>;
  /** The column by which rows are told apart; several of them where no single one does. */
  keys: readonly K[];
  /** Names of areas that rows mention; those that are new are added when the import is carried out. */
  regionsOf(row: T): readonly string[];
  reader(
    trx: Knex,
    scope: ImportScope,
    regions: RegionBook,
  ): Promise<(header: Header<K>, width: number, cells: readonly string[]) => RowOutcome<T>>;
  createStaging(trx: Knex): Promise<void>;
  stage(trx: Knex, rows: readonly StagedRow<T>[]): Promise<void>;
  /** Takes rows out of the staging that can't be carried out for what the database holds. */
  takeBlocked(trx: Knex, scope: ImportScope): Promise<LateRefusal[]>;
  plan(trx: Knex, scope: ImportScope): Promise<MergeCounts>;
  apply(trx: Knex, importId: number, scope: ImportScope): Promise<void>;
  /** After its transaction; `touched`: how many it added, changed or ended. */
  settle?(db: Knex, touched: number): Promise<void>;
}

const entities: KindSpec<keyof typeof ENTITY_COLUMNS, EntityRow> = {
  columns: ENTITY_COLUMNS,
  keys: ['creditCode'],
  regionsOf: (row) => [row.regionCode],
  reader: async (trx, { today, departments }, regions) => {
    const context = {
      ...{ today, departments },
      regions,
      tagsOf: tagFinder(await readTagRules(trx, DEFAULT_TAG_RULES)),
      departmentOf: await departmentsByName(trx),
    };
    return (header, width, cells) => readEntityRow(header, width, cells, context);
  },
  createStaging: createEntityStaging,
  stage: stageEntities,
  takeBlocked: () => Promise.resolve([]),
  plan: (trx, { mode, departments }) => planEntities(trx, mode, departments),
  apply: (trx, importId, { mode }) => applyEntities(trx, importId, mode),
  settle: settleEntities,
};

const credit: KindSpec<keyof typeof CREDIT_COLUMNS, CreditFacts> = {
  ...entities,
  columns: CREDIT_COLUMNS,
  keys: ['creditCode'],
  regionsOf: () => [],
  reader: () => Promise.resolve(readCreditRow),
  stage: stageCredit,
  takeBlocked: async (trx) =>
    (await takeUnknown(trx)).map(({ rowNumber }) => ({
      rowNumber,
      refusal: {
        column: '统一社会信用代码',
        value: '',
        reason: 'unknown-entity',
        message: '检查对象名录库中没有这个对象，请核对代码，或先把它导入名录库',
      },
    })),
};

const inspectors: KindSpec<keyof typeof INSPECTOR_COLUMNS, InspectorRow> = {
  columns: INSPECTOR_COLUMNS,
  keys: ['code'],
  regionsOf: (row) => row.regions ?? [],
  reader: async (trx, { departments }, regions) => {
    const context = {
      departments,
      regions,
      departmentOf: await departmentsByName(trx),
    };
    return (header, width, cells) => readInspectorRow(header, width, cells, context);
  },
  createStaging: createInspectorStaging,
  stage: stageInspectors,
  takeBlocked: async (trx, { departments }) =>
    departments === null
      ? []
      : (await takeForeignInspectors(trx, departments)).map(({ rowNumber, department }) => ({
          rowNumber,
          refusal: {
            column: '编号',
            value: '',
            reason: 'foreign-department',
            message: `这个编号已属于 ${department} 的人员；调动请由原部门先办理`,
          },
        })),
  plan: (trx, { mode, departments }) => planInspectors(trx, mode, departments),
  apply: (trx, importId, { mode, departments }) => applyInspectors(trx, importId, mode, departments),
};

const TRAINING_PROBLEMS: Record<TrainingProblem, readonly [column: string, message: string]> = {
  'unknown-inspector': ['编号', '执法人员名录库中没有这个人，请核对编号或执法证号，或先导入人员'],
  'ambiguous-certificate': ['执法证号', '名录库中有几个人是这个执法证号，请改用编号'],
  'foreign-department': ['编号', '只能登记本部门执法人员的培训，请由其所在部门导入'],
  'other-certificate': ['执法证号', '执法证号与名录库中这个编号的不一致，请核对'],
  'other-name': ['姓名', '姓名与名录库中的不一致，请核对编号、执法证号和姓名'],
};

const trainings: KindSpec<keyof typeof TRAINING_COLUMNS, TrainingFacts> = {
  columns: TRAINING_COLUMNS,
  keys: ['code', 'certificateNumber', 'topic', 'heldOn'],
  regionsOf: () => [],
  reader: (_trx, { today }) =>
    Promise.resolve((header, width, cells) => readTrainingRow(header, width, cells, today)),
  createStaging: createTrainingStaging,
  stage: stageTrainings,
  takeBlocked: async (trx, { departments }) =>
    (await takeBlockedTrainings(trx, departments)).map(({ rowNumber, problem }) => {
      const [column, message] = TRAINING_PROBLEMS[problem];
      return { rowNumber, refusal: { column, value: '', reason: problem, message } };
    }),
  plan: (trx) => planTrainings(trx),
  apply: (trx, importId, { startedBy }) => applyTrainings(trx, importId, startedBy),
};

const items: KindSpec<keyof typeof ITEM_COLUMNS, ItemRow> = {
  columns: ITEM_COLUMNS,
  keys: ['code'],
  regionsOf: (row) => row.objectRegions,
  reader: async (trx, { departments }, regions) => {
    const rules = await readTagRules(trx, DEFAULT_TAG_RULES);
    const tags = new Map(
      rules.flatMap((rule) => [rule.tag, rule.label].map((word) => [word, rule.tag] as const)),
    );
    const context = {
      departments,
      regions,
      departmentOf: await departmentsByName(trx),
      tagOf: (text: string) => tags.get(text),
    };
    return (header, width, cells) => readItemRow(header, width, cells, context);
  },
  createStaging: createItemStaging,
  stage: stageItems,
  takeBlocked: async (trx) =>
    (await takeBlockedItems(trx)).map(({ rowNumber, department, why }) => ({
      rowNumber,
      refusal: {
        column: '事项编号',
        value: '',
        reason: why,
        message:
          why === 'submitted'
            ? '该事项正由编办审核，请等公布或退回后再导入'
            : `该事项属于 ${department}，不能改到其他部门；请换一个编号`,
      },
    })),
  plan: (trx) => planItems(trx),
  apply: (trx, _importId, { fileName, startedBy }) => applyItems(trx, fileName, startedBy),
};

/** The job treats all kinds alike: each spec only ever meets its own rows and columns. */
export const KINDS: Record<ImportKind, KindSpec<string, unknown>> = {
  ...{ entities, credit, inspectors, trainings, items },
};

async function departmentsByName(trx: Knex): Promise<(text: string) => string | undefined> {
  const departments = await listDepartments(trx);
  const byName = new Map(
    departments
      .filter((department) => department.kind === 'inspecting')
      .flatMap(({ code, name, short_name: shortName }) =>
        [code, name, shortName].map((word) => [word, code] as const),
      ),
  );
  return (text) => byName.get(text) ?? byName.get(text.toUpperCase());
}
