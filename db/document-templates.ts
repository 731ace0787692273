import type { Knex } from 'knex';

/** Whose: null is the city. */
export interface TemplatePlace {
  kind: string;
  department: string | null;
}

export interface TemplateVersion {
  kind: string;
  department: string | null;
  version: number;
  /** null: set back. */
  body: string | null;
  note: string;
  by: string;
  at: Date;
}

const versions = (db: Knex) =>
  db('document_templates as t').join('users as u', 'u.id', 't.made_by').select<TemplateVersion[]>({
    kind: 't.kind',
    department: 't.department_code',
    version: 't.version',
    body: 't.body',
    note: 't.note',
    by: 'u.name',
    at: 't.made_at',
  });

/** The newest of each kind, of the city and of the department. */
export async function newestTemplates(db: Knex, department: string | null): Promise<TemplateVersion[]> {
  return versions(db)
    .distinctOn('t.kind', 't.department_code')
    .where((query) => {
      void query.whereNull('t.department_code');
      if (department !== null) void query.orWhere('t.department_code', department);
    })
    .orderBy(['t.kind', 't.department_code', { column: 't.version', order: 'desc' }]);
}

/** The newest first. */
export async function listTemplateVersions(
  db: Knex,
  { kind, department }: TemplatePlace,
): Promise<TemplateVersion[]> {
  return versions(db)
    .where({ 't.kind': kind, 't.department_code': department })
    .orderBy('t.version', 'desc')
    .limit(200);
}

export async function readTemplateVersion(
  db: Knex,
  { kind, department }: TemplatePlace,
  version: number,
): Promise<TemplateVersion | null> {
  const [row] = await versions(db).where({
    't.kind': kind,
    't.department_code': department,
    't.version': version,
  });
  return row ?? null;
}

/** False where that version is there already: somebody else has saved meanwhile. */
export async function insertTemplateVersion(
  trx: Knex,
  row: TemplatePlace & Pick<TemplateVersion, 'version' | 'body' | 'note' | 'at'> & { by: number },
): Promise<boolean> {
  const inserted = await trx('document_templates')
    .insert({
      kind: row.kind,
      department_code: row.department,
      version: row.version,
      body: row.body,
      note: row.note,
      made_by: row.by,
      made_at: row.at,
    })
    .onConflict(['kind', 'department_code', 'version'])
    .ignore()
    .returning<{ id: number }[]>('id');
  return inserted.length > 0;
}
