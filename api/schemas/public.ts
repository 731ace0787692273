import { z } from 'zod';
import { METHODS } from '../../domain/visits/methods';
import { PUBLICATION_STATUSES } from '../../domain/visits/publications';
import { industries } from './campaigns';
import { day, instant, pageQuery, ref } from './common';

export const publicCampaign = z
  .object({
    code: z.string(),
    name: z.string(),
    stage: z.string(),
    stageLabel: z.string(),
    stageReason: z.string().nullable(),
    leadDepartment: z.string(),
    departments: z.array(z.string()),
    visits: z.int(),
    published: z.int(),
    createdAt: instant,
  })
  .meta({ id: 'PublicCampaign' });

export const publicCeremony = z
  .object({
    number: z.int(),
    status: z.enum(['sealing', 'revealing', 'drawn', 'void']),
    voidReason: z.string().nullable(),
    frozenAt: instant,
    commitment: z.string(),
    manifest: z.string().meta({ description: 'the JCS bytes; its SHA-256 is the commitment' }),
    seed: z.string().nullable(),
    capped: z.int(),
    withoutPublicValue: z
      .boolean()
      .meta({ description: 'no public contributor: the last revealer could have forced a new ceremony' }),
    contributions: z.array(
      z.object({
        contributor: z.string(),
        seal: z.string().nullable(),
        sealedAt: instant.nullable(),
        value: z.string().nullable(),
        source: z.string().nullable(),
        revealedAt: instant.nullable(),
      }),
    ),
    frozenSha256: z
      .string()
      .nullable()
      .meta({ description: 'of frozen.zip; null for ceremonies from before these files were published' }),
    bundleSha256: z.string().nullable(),
    visits: z.int(),
  })
  .meta({ id: 'PublicCeremony' });

export const publicCampaignDetail = publicCampaign
  .extend({
    regions: z.array(ref),
    items: z.array(ref.extend({ department: z.string() })),
    mode: z.enum(['joint', 'per_item']),
    industries,
    visitFrom: day,
    visitTo: day,
    ceremonies: z.array(publicCeremony),
  })
  .meta({ id: 'PublicCampaignDetail' });

export const drawnVisit = z
  .object({
    number: z.int(),
    entityName: z.string(),
    creditCode: z.string(),
    items: z.array(ref),
    teams: z
      .array(
        z.object({
          department: z.string(),
          name: z.string(),
          inspectors: z.array(z.string()),
          missing: z.int(),
        }),
      )
      .meta({ description: 'inspectors by their codes, as in the bundle' }),
    ticket: z.string(),
  })
  .meta({ id: 'DrawnVisit' });

const publicationStatus = z.enum(PUBLICATION_STATUSES);

export const publishedResult = z
  .object({
    visitNumber: z.int(),
    entityName: z
      .string()
      .nullable()
      .meta({ description: 'null, as all of its content, where it was withdrawn' }),
    creditCode: z.string().nullable(),
    item: ref,
    department: z.string(),
    resultCode: z.int().nullable(),
    resultLabel: z.string().nullable(),
    method: z
      .enum(METHODS)
      .nullable()
      .meta({ description: 'null: published before it was kept, or withdrawn' }),
    visitOn: day.nullable(),
    publishedAt: instant,
    isDisputed: z.boolean().meta({ description: 'the entity objects to it, and has no answer yet' }),
    version: z.int().meta({ description: 'grows with each correction and withdrawal' }),
    status: publicationStatus,
    changes: z
      .array(
        z.object({
          version: z.int(),
          status: publicationStatus,
          at: instant,
          reason: z.string(),
          before: z
            .object({
              resultCode: z.int().nullable(),
              resultLabel: z.string().nullable(),
              method: z.enum(METHODS).nullable(),
              visitOn: day.nullable(),
              renamed: z.boolean().meta({ description: 'the former name is told no more' }),
            })
            .nullable()
            .meta({ description: 'what was corrected; null where it was withdrawn, then or later' }),
        }),
      )
      .meta({ description: 'the first first' }),
  })
  .meta({ id: 'PublishedResult' });

export const foundResult = publishedResult.extend({ campaign: ref }).meta({ id: 'FoundResult' });

export const resultQuery = pageQuery.extend({
  q: z
    .string()
    .trim()
    .min(2, '至少 2 个字')
    .max(100)
    .meta({ description: '检查对象名称的一部分，或统一社会信用代码的开头' }),
});

export const publicQuery = pageQuery.extend({ q: z.string().max(100).optional() });
