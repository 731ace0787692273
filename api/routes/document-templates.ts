import type { Knex } from 'knex';
import { appendAudit } from '../../db/audit';
import { supervisedRegion } from '../../db/bulletins';
import {
  insertTemplateVersion,
  listTemplateVersions,
  newestTemplates,
  readTemplateVersion,
} from '../../db/document-templates';
import { listDepartments, type DepartmentRow } from '../../db/organisation';
import { checkTemplate } from '../../documents/check-template';
import { exampleOf, type Fields } from '../../documents/fields';
import { DOCUMENT_KINDS, KINDS, type DocumentKind } from '../../documents/kinds';
import { MEDIA_TYPES } from '../../documents/render';
import { conflict, forbidden, invalid, notFound } from '../../domain/errors';
import { mayKeepTemplates } from '../../domain/permissions/rules';
import type { Actor } from '../../domain/roles';
import { documentsContract as contract } from '../contract/documents';
import { inForce } from '../documents/template-in-force';
import { FileAnswer, implement, type ApiRequest } from '../implement';

export const documentTemplateRoutes = [
  implement(contract.listDocumentTemplates, async ({ query, actor }, { db }) => {
    const whose = await whoseOf(db, query.department ?? null);
    const newest = await newestTemplates(db, whose?.code ?? null);
    return {
      department: refOf(whose),
      mayKeep: await mayKeep(db, actor, whose),
      rows: DOCUMENT_KINDS.map((kind) => {
        const own = newest.find((one) => one.kind === kind && one.department === (whose?.code ?? null));
        const { origin, version } = inForce(kind, whose?.code ?? null, newest);
        return {
          ...{ kind, zh: KINDS[kind].zh, en: KINDS[kind].en, origin, version },
          ...{ changedAt: own?.at.toISOString() ?? null, changedBy: own?.by ?? null },
        };
      }),
    };
  }),

  implement(contract.readDocumentTemplate, async ({ params, query, actor }, { db }) =>
    templateOf(db, params.kind, await whoseOf(db, query.department ?? null), actor),
  ),

  implement(contract.readTemplateVersion, async ({ params, query }, { db }) => {
    const { kind, version } = params;
    const row = await readTemplateVersion(db, { kind, department: query.department ?? null }, version);
    if (!row) throw notFound('template-not-found', `没有第 ${version} 版模板。`);
    return { version, body: row.body };
  }),

  implement(contract.saveDocumentTemplate, async (request, { db, now }) => {
    const { kind } = request.params;
    const { body } = request.body;
    assertSound(kind, body);
    return keep(db, request, { kind, body, action: 'document-template.save', at: now() });
  }),

  implement(contract.resetDocumentTemplate, (request, { db, now }) =>
    keep(db, request, {
      ...{ kind: request.params.kind, body: null, action: 'document-template.reset', at: now() },
    }),
  ),

  implement(contract.previewDocument, async ({ params, body }, { renderDocument }) => {
    const { zh, fields } = KINDS[params.kind];
    assertSound(params.kind, body.body);
    const file = await renderDocument({
      ...{ format: body.format, title: zh, origin: '模板预览：内容是虚构的' },
      parts: [{ template: body.body, data: exampleOf(fields) }],
    });
    return new FileAnswer(Buffer.from(file), `${zh}-预览.${body.format}`, null, MEDIA_TYPES[body.format]);
  }),
];

function assertSound(kind: DocumentKind, body: string): void {
  const problems = checkTemplate(body, KINDS[kind].fields);
  if (problems.length === 0) return;
  throw invalid(
    'template-invalid',
    `模板有 ${problems.length} 处问题，没有保存。`,
    problems.map(({ line, column, message }) => ({
      field: `body:${line}:${column}`,
      message: `第 ${line} 行第 ${column} 列：${message}`,
    })),
  );
}

type KeepRequest = ApiRequest<
  { kind: DocumentKind },
  unknown,
  { department: string | null; note: string; basedOn: number }
>;

/** A further version: documents that were made before stay as they are. */
async function keep(
  db: Knex,
  { body: asked, actor, address, requestId }: KeepRequest,
  { kind, body, action, at }: { kind: DocumentKind; body: string | null; action: string; at: Date },
) {
  const whose = await whoseOf(db, asked.department);
  if (!(await mayKeep(db, actor, whose)))
    throw forbidden('not-your-templates', '部门的文书模板由本部门联络员维护，全市的由市级系统管理员维护。');
  const place = { kind, department: asked.department };
  await db.transaction(async (trx) => {
    const [newest] = await listTemplateVersions(trx, place);
    const version = asked.basedOn + 1;
    const isNewest = (newest?.version ?? 0) === asked.basedOn;
    const row = { ...place, version, body, note: asked.note, by: actor.id, at };
    if (!isNewest || !(await insertTemplateVersion(trx, row)))
      throw conflict('template-changed', '别人刚刚保存过这个模板：请刷新，核对后再保存。');
    await appendAudit(trx, {
      ...{ actorId: actor.id, action, subject: `document-template/${kind}`, address, requestId },
      after: { department: asked.department, version, note: asked.note },
    });
  });
  return templateOf(db, kind, whose, actor);
}

async function templateOf(db: Knex, kind: DocumentKind, whose: DepartmentRow | null, actor: Actor) {
  const department = whose?.code ?? null;
  const newest = await newestTemplates(db, department);
  const { body, origin, version } = inForce(kind, department, newest);
  const others = newest.filter((one) => one.department !== department);
  const versions = await listTemplateVersions(db, { kind, department });
  const { zh, en, fields } = KINDS[kind];
  return {
    ...{ kind, zh, en, origin, version, body },
    department: refOf(whose),
    fallback: inForce(kind, department, others).body,
    newest: versions[0]?.version ?? 0,
    placeholders: placeholdersOf(fields),
    versions: versions.map((one) => ({
      version: one.version,
      isReset: one.body === null,
      note: one.note,
      by: one.by,
      at: one.at.toISOString(),
    })),
    mayKeep: await mayKeep(db, actor, whose),
  };
}

interface Placeholder {
  name: string;
  en: string;
  example: string;
  fields: Placeholder[];
}

const placeholdersOf = (fields: Fields): Placeholder[] =>
  Object.entries(fields).map(([name, field]) => ({
    ...{ name, en: field.en },
    example: field.type === 'text' ? (field.examples.find((one) => one !== '') ?? '') : '',
    fields: field.type === 'list' ? placeholdersOf(field.fields) : [],
  }));

/** null: the city. */
async function whoseOf(db: Knex, code: string | null): Promise<DepartmentRow | null> {
  if (code === null) return null;
  const found = (await listDepartments(db)).find((one) => one.code === code);
  if (!found) throw notFound('department-not-found', `没有代码为“${code}”的部门。`);
  return found;
}

const refOf = (whose: DepartmentRow | null) => whose && { code: whose.code, name: whose.short_name };

const mayKeep = async (db: Knex, actor: Actor, whose: DepartmentRow | null): Promise<boolean> =>
  mayKeepTemplates(
    actor,
    whose && { code: whose.code, region: whose.region_code },
    await supervisedRegion(db),
  );
