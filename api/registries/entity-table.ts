/** The entities of a list as a file: without contacts, which are personal data. */
import type { Knex } from 'knex';
import { everyRow, type RowsAfter } from '../../db/every-row';
import { countEntities, listEntities, orderOf, type EntityPage, type EntityRow } from '../../db/registries';
import { listDepartments, listRegions } from '../../db/organisation';
import { readTagRules } from '../../db/tag-rules';
import { invalid } from '../../domain/errors';
import { industryName } from '../../domain/registry/industry';
import { FLAG_NAMES } from '../../domain/registry/risk';
import { DEFAULT_TAG_RULES } from '../../domain/registry/tag-rules';
import type { FileAnswer } from '../implement';
import { csvAnswer, workbookAnswer, type TableColumn } from '../tables';
import { MOST_ROWS } from '../../imports/write-workbook';

type Filter = Omit<EntityPage, 'after' | 'limit'>;

const STATUSES = { active: '在业', revoked: '吊销', cancelled: '注销', moved: '迁出' };

export async function entityCsv(db: Knex, filter: Filter, fileName: string): Promise<FileAnswer> {
  return csvAnswer(await columnsIn(db), entitiesOf(db, filter), `${fileName}.csv`);
}

export async function entityWorkbook(db: Knex, filter: Filter, fileName: string): Promise<FileAnswer> {
  const { count } = await countEntities(db, filter);
  if (count >= MOST_ROWS) {
    throw invalid(
      'too-many-rows',
      `符合条件的对象超过 ${MOST_ROWS - 1} 户，工作簿装不下；请缩小范围，或下载 CSV。`,
    );
  }
  const columns = await columnsIn(db);
  return workbookAnswer(columns, entitiesOf(db, filter), {
    ...{ sheet: '检查对象', fileName: `${fileName}.xlsx` },
  });
}

function entitiesOf(db: Knex, filter: Filter): AsyncGenerator<EntityRow> {
  const order = orderOf(filter);
  return everyRow(
    ({ limit, after }: RowsAfter<string | number>) =>
      listEntities(db, { ...filter, limit, ...(after === undefined ? {} : { after }) }),
    (row) => row[order],
  );
}

/** Codes are shown by the names that people know them by. */
async function columnsIn(db: Knex): Promise<TableColumn<EntityRow>[]> {
  const [regions, departments, rules] = await Promise.all([
    listRegions(db),
    listDepartments(db),
    readTagRules(db, DEFAULT_TAG_RULES),
  ]);
  const regionNames = new Map(regions.map(({ code, name }) => [code, name]));
  const departmentNames = new Map(departments.map(({ code, short_name }) => [code, short_name]));
  const labels = new Map(rules.map(({ tag, label }) => [tag, label]));
  const named = (names: ReadonlyMap<string, string>, codes: readonly string[]) =>
    codes.map((code) => names.get(code) ?? code).join('；');
  return [
    { header: '统一社会信用代码', value: (row) => row.credit_code, width: 22 },
    { header: '名称', value: (row) => row.name, width: 36 },
    { header: '状态', value: (row) => STATUSES[row.status], width: 8 },
    { header: '行政区划代码', value: (row) => row.region_code, width: 14 },
    { header: '地区', value: (row) => named(regionNames, [row.region_code]), width: 12 },
    { header: '类型', value: (row) => row.entity_type, width: 18 },
    { header: '行业代码', value: (row) => row.industry_code, width: 10 },
    { header: '行业', value: (row) => industryName(row.industry_code), width: 18 },
    { header: '标签', value: (row) => named(labels, row.tags), width: 24 },
    { header: '信用风险类别', value: (row) => row.risk_class, width: 12 },
    { header: '抽查类别', value: (row) => row.draw_class, width: 10 },
    { header: '信用标记', value: (row) => named(FLAG_NAMES, row.flags), width: 18 },
    { header: '投诉举报次数', value: (row) => row.complaints, width: 12 },
    { header: '列入部门', value: (row) => named(departmentNames, row.listed_by), width: 18 },
    { header: '成立日期', value: (row) => row.established_on, width: 12 },
    { header: '地址', value: (row) => row.address, width: 36 },
    { header: '经营范围', value: (row) => row.business_scope, width: 60 },
  ];
}
