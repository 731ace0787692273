import { z } from 'zod';
import { BULLETIN_COMMANDS, BULLETIN_STAGES } from '../../domain/bulletins/stages';
import { BULLETIN_KINDS, daysIn } from '../../domain/oversight/periods';
import { planYear } from './annual-plans';
import { oversightReport } from './board';
import { day, instant, pageQuery, ref, regionCode } from './common';

const texts = z.object({
  summary: z.string().trim().max(5000),
  reasons: z.string().trim().max(20_000),
  demands: z.string().trim().max(5000),
});

const head = z.object({
  number: z.string(),
  kind: z.enum(BULLETIN_KINDS),
  period: z.object({ from: day, to: day }),
  periodText: z.string(),
  region: ref,
  title: z.string(),
  publishedAt: instant.nullable(),
});

export const bulletinSummary = head
  .extend({ stage: z.enum(BULLETIN_STAGES), createdAt: instant })
  .meta({ id: 'BulletinSummary' });

const freeze = z.object({
  number: z.int(),
  sha256: z.string(),
  asOf: instant,
  madeBy: z.string().nullable(),
  reason: z.string(),
});

const edition = z.object({
  edition: z.int(),
  freeze: z.int(),
  title: z.string(),
  publishedAt: instant,
  correction: z.string().nullable().meta({ description: 'why it took the place of the one before' }),
  withdrawnAt: instant.nullable(),
  withdrawalReason: z.string().nullable(),
});

export const bulletin = bulletinSummary
  .extend({
    texts,
    version: z.int(),
    stageReason: z.string().nullable(),
    report: oversightReport,
    freezes: z.array(freeze),
    editions: z.array(edition.extend({ submittedBy: z.string(), approvedBy: z.string() })),
    history: z.array(
      z.object({
        at: instant,
        action: z.enum([...BULLETIN_COMMANDS, 'draft', 'edit']),
        reason: z.string(),
        actor: z.string().nullable(),
      }),
    ),
    mayEdit: z.boolean(),
    possibleCommands: z.array(z.enum(BULLETIN_COMMANDS)),
  })
  .meta({ id: 'Bulletin' });

export const bulletinQuery = pageQuery.extend({
  kind: z.enum(BULLETIN_KINDS).optional(),
  stage: z.enum(BULLETIN_STAGES).optional(),
  year: planYear.optional(),
});

const MOST_DAYS = 1100;

export const bulletinBody = z
  .object({ from: day, to: day, region: regionCode.optional() })
  .refine(({ from, to }) => from <= to, { error: '开始日期应不晚于结束日期', path: ['to'] })
  .refine(({ from, to }) => from > to || daysIn({ from, to }) <= MOST_DAYS, {
    error: '最长三年，请缩短期间',
    path: ['to'],
  });

export const bulletinEdit = z.object({
  title: z.string().trim().min(1, '请填写标题').max(200),
  texts: texts.extend({ summary: z.string().trim().min(1, '请填写总体情况').max(5000) }),
  version: z.int().meta({ description: 'of the texts that were edited' }),
});

export const reproduction = z
  .object({
    freeze: z.int(),
    sha256: z.string(),
    isIntact: z.boolean().meta({ description: 'what is stored has the SHA-256 that was recorded' }),
    isEqual: z.boolean().meta({ description: 'computed again as of the freeze, the figures are the same' }),
    differences: z.array(z.object({ where: z.string(), frozen: z.string(), now: z.string() })),
    more: z.int().meta({ description: 'differences that are not listed' }),
  })
  .meta({ id: 'Reproduction' });

export const publicBulletinSummary = head.meta({ id: 'PublicBulletinSummary' });

export const publicBulletin = head
  .extend({
    texts: texts.nullable().meta({ description: 'null: withdrawn' }),
    report: oversightReport.nullable(),
    sha256: z.string().nullable(),
    editions: z.array(edition),
  })
  .meta({ id: 'PublicBulletin' });
