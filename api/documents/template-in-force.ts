import type { Knex } from 'knex';
import { newestTemplates, type TemplateVersion } from '../../db/document-templates';
import { departmentName } from '../../db/organisation';
import { KINDS, type DocumentKind } from '../../documents/kinds';

/** Whose template counts: the department's own, otherwise the city's, otherwise what ships. */
export type TemplateOrigin = 'department' | 'city' | 'shipped';

export interface TemplateInForce {
  body: string;
  origin: TemplateOrigin;
  /** null: what ships has none. */
  version: number | null;
}

export async function templateInForce(
  db: Knex,
  kind: DocumentKind,
  department: string | null,
): Promise<TemplateInForce> {
  return inForce(kind, department, await newestTemplates(db, department));
}

/** Of the newest versions: one that was set back gives way to the next. */
export function inForce(
  kind: DocumentKind,
  department: string | null,
  newest: readonly TemplateVersion[],
): TemplateInForce {
  const of = newest.filter((one) => one.kind === kind);
  const own = department === null ? undefined : of.find((one) => one.department === department);
  const city = of.find((one) => one.department === null);
  if (own && own.body !== null) return { body: own.body, origin: 'department', version: own.version };
  if (city && city.body !== null) return { body: city.body, origin: 'city', version: city.version };
  return { body: KINDS[kind].template, origin: 'shipped', version: null };
}

/** What a document says of its template. */
export async function originWords(
  db: Knex,
  { origin, version }: TemplateInForce,
  department: string | null,
): Promise<string> {
  if (origin === 'shipped') return '模板：系统通用';
  const whose = origin === 'city' || department === null ? '全市' : await departmentName(db, department);
  return `模板：${whose}第 ${version ?? 1} 版`;
}
