import type { Knex } from 'knex';

interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  Plans?: PlanNode[];
}

/** Tables that the statements of a piece of work read from end to end, as PostgreSQL plans them. */
export async function tablesReadWhole(db: Knex, work: (db: Knex) => Promise<unknown>): Promise<string[]> {
  const statements: { sql: string; bindings: unknown[] }[] = [];
  const note = ({ sql, bindings }: { sql: string; bindings: unknown[] }) =>
    statements.push({ sql, bindings });
  db.on('query', note);
  try {
    await work(db);
  } finally {
    db.removeListener('query', note);
  }
  const tables: string[] = [];
  for (const { sql, bindings } of statements) {
    if (sql.startsWith('explain')) continue;
    // The statement names its values $1, $2 …; knex must not count them again.
    const { rows } = await asItIs(db, `explain (format json) ${sql}`, bindings);
    walk(rows[0]['QUERY PLAN'][0].Plan, tables);
  }
  return tables;
}

interface Explained {
  rows: [{ 'QUERY PLAN': [{ Plan: PlanNode }] }];
}

async function asItIs(db: Knex, sql: string, values: unknown[]): Promise<Explained> {
  const client = db.client as {
    acquireConnection: () => Promise<{ query: (sql: string, values: unknown[]) => Promise<Explained> }>;
    releaseConnection: (connection: unknown) => void;
  };
  const connection = await client.acquireConnection();
  try {
    return await connection.query(sql, values);
  } finally {
    client.releaseConnection(connection);
  }
}

function walk(node: PlanNode, tables: string[]): void {
  if (node['Node Type'].includes('Seq Scan')) tables.push(node['Relation Name'] ?? '');
  for (const child of node.Plans ?? []) walk(child, tables);
}
