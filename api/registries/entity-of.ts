import type { EntityRow } from '../../db/registries';
import { notFound } from '../../domain/errors';
import { shownAs, sightOn, type Relation } from '../../domain/privacy/fields';
import { industryName } from '../../domain/registry/industry';

/** An entity as the API shows it to who has these relations to it. */
export const entityOf = (row: EntityRow, relations: readonly Relation[]) => ({
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
  contactName: shownAs('contactName', row.contact_name, relations),
  contactPhone: shownAs('contactPhone', row.contact_phone, relations),
  contactSight: sightOn('contactPhone', relations),
  listedBy: row.listed_by,
});

export const noEntity = (creditCode: string) =>
  notFound('entity-not-found', `名录库中没有统一社会信用代码为“${creditCode}”的检查对象。`);
