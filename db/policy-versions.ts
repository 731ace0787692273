/**
 * Policies of the city in versions: drafted with a reason, submitted, approved by another person, in force from a day.
 * Each policy has a table of its own, whose columns beside these are its content.
 */
import type { Knex } from 'knex';
import { notFound } from '../domain/errors';

export interface PolicyVersion {
  version: number;
  status: 'draft' | 'submitted' | 'returned' | 'approved';
  reason: string;
  valid_from: string;
  created_by: number;
  author: string;
  submitted_by: number | null;
  submitted_at: Date | null;
  decided_by: number | null;
  decider: string | null;
  decided_at: Date | null;
  decision_note: string;
}

/** Why a version is made, and from when it counts. */
export interface PolicyDraft {
  reason: string;
  validFrom: string;
}

export type PolicyMove = Partial<
  Pick<
    PolicyVersion,
    'status' | 'submitted_by' | 'submitted_at' | 'decided_by' | 'decided_at' | 'decision_note'
  >
>;

/** `name`: as officials call it, for what is said of a version that there is none. */
export function policyVersions<Content extends object>(table: string, name: string) {
  type Row = PolicyVersion & Content;

  /** `rest`: what follows of the statement. */
  async function select(db: Knex, rest: string, bindings: Knex.RawBinding[] = []): Promise<Row[]> {
    const { rows } = await db.raw<{ rows: Row[] }>(
      `select p.*, a.name as author, d.name as decider
         from ${table} p join users a on a.id = p.created_by left join users d on d.id = p.decided_by ${rest}`,
      bindings,
    );
    return rows;
  }

  const columns = (content: Content, { reason, validFrom }: PolicyDraft) => ({
    ...Object.fromEntries(
      Object.entries(content).map(([column, value]) => [
        column,
        typeof value === 'object' ? JSON.stringify(value) : (value as unknown),
      ]),
    ),
    reason,
    valid_from: validFrom,
  });

  async function read(db: Knex, version: number): Promise<Row> {
    const [row] = await select(db, 'where p.version = ?', [version]);
    if (!row) throw notFound('policy-not-found', `没有第 ${version} 版${name}。`);
    return row;
  }

  return {
    read,

    /** The newest first. */
    list: (db: Knex): Promise<Row[]> => select(db, 'order by p.version desc'),

    lock: async (trx: Knex, version: number): Promise<Row> => {
      await trx(table).where({ version }).forNoKeyUpdate().select('version');
      return read(trx, version);
    },

    /** The approved version that is in force on a day: the one that began last; null: the program's own. */
    inForce: async (db: Knex, day: string): Promise<Row | null> => {
      const [row] = await select(
        db,
        `where p.status = 'approved' and p.valid_from <= ? order by p.valid_from desc, p.version desc limit 1`,
        [day],
      );
      return row ?? null;
    },

    /** Returns the number of the version. */
    insert: async (trx: Knex, content: Content, draft: PolicyDraft, createdBy: number): Promise<number> => {
      const [row] = await trx(table)
        .insert({ ...columns(content, draft), created_by: createdBy })
        .returning<{ version: number }[]>('version');
      return row?.version ?? 0;
    },

    rewrite: async (trx: Knex, version: number, content: Content, draft: PolicyDraft): Promise<void> => {
      await trx(table).where({ version }).update(columns(content, draft));
    },

    move: async (trx: Knex, version: number, change: PolicyMove): Promise<void> => {
      await trx(table).where({ version }).update(change);
    },
  };
}

export type PolicyTable<Content extends object> = ReturnType<typeof policyVersions<Content>>;
