import type { EntityRow } from '../../db/registries';
import { notFound } from '../../domain/errors';
import { industryName } from '../../domain/registry/industry';

/** An entity as the API shows it. */
export const entityOf = (row: EntityRow) => ({
  creditCode: row.credit_code,
  name: row.name,
  status: row.status,
  regionCode: row.region_code,
  entityType: row.entity_type,
  businessScope: row.business_scope,
  address: row.address,
  establishedOn: row.established_on,
  tags: row.tags,
  riskClass: row.risk_class,
  drawClass: row.draw_class,
  flags: row.flags,
  complaints: row.complaints,
  industryCode: row.industry_code,
  industry: industryName(row.industry_code),
  contactName: row.contact_name,
  contactPhone: row.contact_phone,
  listedBy: row.listed_by,
});

export const noEntity = (creditCode: string) =>
  notFound('entity-not-found', `名录库中没有统一社会信用代码为“${creditCode}”的检查对象。`);
