/** The invented city's registries as the files that its officials would import. */
import { percentText } from '../domain/ratio-policy';
import type { InventedCity } from './invented-city';

export function entitiesCsv({ entities }: InventedCity): string {
  const status = { active: '存续', revoked: '吊销，未注销', cancelled: '注销', moved: '迁出' };
  const flag: Record<string, string> = {
    'abnormal-operations': '经营异常',
    'serious-violation': '严重违法',
    dishonesty: '失信',
    'good-credit': '守信',
  };
  return csvOf(
    [
      '企业名称',
      '统一社会信用代码',
      '注册日期',
      '企业类型',
      '经营范围',
      '登记机关区划代码',
      '注册地址',
      '状态',
      '信用风险类别',
      '异常标记',
      '投诉举报次数',
      '行业代码',
    ],
    entities.map((entity) => [
      entity.name,
      entity.creditCode,
      entity.establishedOn,
      entity.entityType,
      entity.businessScope,
      entity.regionCode,
      entity.address,
      status[entity.status ?? 'active'],
      entity.riskClass,
      entity.flags?.map((each) => flag[each] ?? each).join('；'),
      entity.complaints,
      entity.industryCode,
    ]),
  );
}

export function inspectorsCsv({ inspectors }: InventedCity): string {
  return csvOf(
    ['编号', '姓名', '部门', '执法证号', '证件有效期至', '服务地区', '资质', '上限', '状态', '邮箱'],
    inspectors.map((inspector) => [
      inspector.code,
      inspector.name,
      inspector.department,
      inspector.certificateNumber,
      inspector.certificateValidUntil,
      inspector.regions.join(';'),
      inspector.qualifications.join(';'),
      inspector.capacity,
      '在岗',
      inspector.email,
    ]),
  );
}

/** What everybody learned in the spring before the city's day, as the training office hands it over. */
export function trainingsCsv({ inspectors }: InventedCity, today: string): string {
  const year = Number(today.slice(0, 4)) - 1;
  return csvOf(
    ['姓名', '执法证号', '培训名称', '培训日期', '学时', '考核结果', '有效期至'],
    inspectors.map(({ name, certificateNumber }, at) => [
      ...[name, certificateNumber, '行政执法人员公共法律知识培训', `${year}-04-${15 + (at % 3)}`],
      ...[at % 4 === 0 ? 16 : 8, at % 5 === 0 ? '优秀' : '合格', `${year + 2}-12-31`],
    ]),
  );
}

export function itemsCsv({ items }: InventedCity): string {
  const methods = { 'on-site': '实地检查', documentary: '书面检查', online: '网络监测' };
  return csvOf(
    [
      '事项编号',
      '部门',
      '名称',
      '内容',
      '类别',
      '检查方式',
      '法律依据',
      '对象标签',
      '资质要求',
      '比例',
      '频次',
    ],
    items.map((item) => [
      item.code,
      item.department,
      item.name,
      item.content,
      item.category === 'key' ? '重点' : '一般',
      item.methods.map((method) => methods[method]).join(';'),
      item.legalBases.map(({ law, article }) => `《${law}》${article}`).join('；'),
      item.objectTags.join(';'),
      item.qualifications.join(';'),
      item.ratioPpm === null ? '' : percentText(item.ratioPpm),
      item.frequency,
    ]),
  );
}

function csvOf(
  titles: readonly string[],
  rows: readonly (readonly (string | number | null | undefined)[])[],
): string {
  const cell = (value: string | number | null | undefined): string => {
    const text = String(value ?? '');
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [titles, ...rows].map((row) => row.map(cell).join(',') + '\r\n').join('');
}
