import { z } from 'zod';
import { MOST_CHARACTERS } from '../../documents/check-template';
import { DOCUMENT_KINDS } from '../../documents/kinds';
import { FORMATS } from '../../documents/render';
import { departmentCode, instant, ref } from './common';

export const documentKind = z.enum(DOCUMENT_KINDS);

const format = z.enum(FORMATS).default('pdf');

export const formatQuery = z.object({ format });

export const checkFormQuery = formatQuery.extend({
  filled: z.stringbool().default(false).meta({ description: 'as it was filled in; otherwise blank' }),
});

/** As a query has it; empty is the city. */
export const whoseQuery = z.object({
  department: departmentCode.optional().meta({ description: 'whose templates; not given: the city’s own' }),
});

const whose = departmentCode.nullable().meta({ description: 'null: the city’s own' });

const named = z.object({
  kind: documentKind,
  zh: z.string(),
  en: z.string(),
  origin: z.enum(['department', 'city', 'shipped']).meta({ description: 'whose template counts' }),
  version: z.int().nullable().meta({ description: 'of the template that counts; null: the one that ships' }),
});

export const templateList = z
  .object({
    department: ref.nullable(),
    mayKeep: z.boolean(),
    rows: z.array(named.extend({ changedAt: instant.nullable(), changedBy: z.string().nullable() })),
  })
  .meta({ id: 'DocumentTemplateList' });

const placeholder = z
  .object({
    name: z.string(),
    en: z.string(),
    example: z.string(),
    get fields(): z.ZodArray<typeof placeholder> {
      return z.array(placeholder);
    },
  })
  .meta({ id: 'DocumentPlaceholder', description: 'with `fields`: a section that repeats' });

export const documentTemplate = named
  .extend({
    department: ref.nullable(),
    body: z.string(),
    fallback: z.string().meta({ description: 'what it would be set back to' }),
    newest: z.int().meta({ description: 'the newest version of the department’s or city’s own; 0: none' }),
    placeholders: z.array(placeholder),
    versions: z.array(
      z.object({
        version: z.int(),
        isReset: z.boolean(),
        note: z.string(),
        by: z.string(),
        at: instant,
      }),
    ),
    mayKeep: z.boolean(),
  })
  .meta({ id: 'DocumentTemplate' });

const body = z.string().min(1, '模板是空的').max(MOST_CHARACTERS);
const note = z.string().trim().min(2, '请写明为什么修改').max(300);
const basedOn = z.int().min(0).meta({ description: 'the newest version that was seen; 0: none' });

export const templateBody = z
  .object({ department: whose, body, note, basedOn })
  .meta({ id: 'DocumentTemplateBody' });

export const templateReset = z
  .object({ department: whose, note, basedOn })
  .meta({ id: 'DocumentTemplateReset' });

export const templatePreview = z.object({ body, format }).meta({ id: 'DocumentTemplatePreview' });

export const templateVersion = z
  .object({ version: z.int(), body: z.string().nullable() })
  .meta({ id: 'DocumentTemplateVersion' });

export const issuedNotice = z
  .object({
    format,
    code: z.string().max(60).meta({ description: 'as it was given when the notice was issued' }),
  })
  .meta({ id: 'IssuedNotice' });
