/** The chain over the audit log: sealing it, reading it, and its hash tree. */
import type { Knex } from 'knex';
import type { ChainLine } from '../domain/audit/chain-check';
import type { HashedEntry } from '../domain/audit/entry-hash';
import { GrowingTree, leafHash, type RangeHash } from '../domain/audit/merkle';

const AT_ONCE = 5000;

/** Places per piece of the tree. */
export const PIECE = 1024;

/** Gives every committed entry its place in the chain; returns how many got one. */
export async function sealAudit(db: Knex): Promise<number> {
  for (let all = 0; ;) {
    const { rows } = await db.raw<{ rows: { sealed: number }[] }>('select audit_seal(?) as sealed', [
      AT_ONCE,
    ]);
    const sealed = rows[0]?.sealed ?? 0;
    all += sealed;
    if (sealed < AT_ONCE) return all;
  }
}

export async function chainLength(db: Knex): Promise<number> {
  const row = await db('audit_links').max<{ max: number | null }[]>('place').first();
  return row?.max ?? 0;
}

/** Entries that wait for their place, and since when. */
export async function readPending(db: Knex): Promise<{ count: number; since: Date | null }> {
  const { rows } = await db.raw<{ rows: { count: number; since: Date | null }[] }>(
    'select count(*) as count, min(a.at) as since from audit_pending p join audit_log a using (seq)',
  );
  return rows[0] ?? { count: 0, since: null };
}

interface LinkRow extends Omit<HashedEntry, 'seq'> {
  place: number;
  link_seq: number;
  seq: number | null;
  previous_hash: string;
  hash: string;
}

/** The whole chain in its order, page by page; each line with its entry, if there is one. */
export async function* readChain(db: Knex): AsyncGenerator<ChainLine[]> {
  let after = 0;
  let page = readLinks(db, after);
  for (;;) {
    const rows = await page;
    const last = rows.at(-1);
    if (!last) return;
    after = last.place;
    // Read while the page before is being hashed.
    page = readLinks(db, after);
    page.catch(() => undefined);
    yield rows.map((row) => ({
      ...{ place: row.place, seq: row.link_seq, previousHash: row.previous_hash, hash: row.hash },
      entry: row.seq === null ? null : { ...row, seq: row.seq },
    }));
  }
}

async function readLinks(db: Knex, after: number): Promise<LinkRow[]> {
  const { rows } = await db.raw<{ rows: LinkRow[] }>(
    `select l.place, l.seq as link_seq, l.previous_hash, l.hash, a.seq,
        to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, a.actor_id, a.action, a.subject,
        a.address, a.request_id, a.before::text, a.after::text
       from (select * from audit_links where place > ? order by place limit ?) l left join audit_log a on a.seq = l.seq
      order by l.place`,
    [after, AT_ONCE],
  );
  return rows;
}

/** Entries that have no place in the chain and do not wait for one. */
export async function readUnplaced(db: Knex, most: number): Promise<number[]> {
  const { rows } = await db.raw<{ rows: { seq: number }[] }>(
    `select a.seq from audit_log a left join audit_links l using (seq) left join audit_pending p using (seq)
      where l.seq is null and p.seq is null order by a.seq limit ?`,
    [most],
  );
  return rows.map(({ seq }) => seq);
}

/** Completes the pieces of the tree up to the chain's length. */
export async function growPieces(trx: Knex, size: number): Promise<void> {
  const row = await trx('audit_pieces').max<{ max: number | null }[]>('number').first();
  for (let number = (row?.max ?? -1) + 1; (number + 1) * PIECE <= size; number += 1) {
    const root = treeOf(await readLeaves(trx, number * PIECE, (number + 1) * PIECE)).root();
    await trx('audit_pieces').insert({ number, root: root.toString('hex') });
  }
}

/**
 * The tree over the first `size` places for proofs about it: what lies in whole pieces comes from their roots; of the pieces
 * in which `within` lie, and of what is left at the end of each size, the leaves are read.
 */
export async function readTree(db: Knex, within: readonly number[]): Promise<RangeHash> {
  const pieces = await db('audit_pieces').orderBy('number').pluck<string[]>('root');
  const leaves = new Map<number, Buffer[]>();
  for (const number of new Set(within.map((place) => Math.floor(place / PIECE)))) {
    leaves.set(number, await readLeaves(db, number * PIECE, (number + 1) * PIECE));
  }
  return (from, to) => {
    const tree = new GrowingTree();
    let at = from;
    while (at < to) {
      const number = Math.floor(at / PIECE);
      const piece = pieces[number];
      if (at % PIECE === 0 && at + PIECE <= to && piece !== undefined) {
        tree.append(Buffer.from(piece, 'hex'), PIECE);
        at += PIECE;
      } else {
        const leaf = leaves.get(number)?.[at % PIECE];
        if (!leaf) throw new Error(`the leaf ${at} of the audit tree was not read`);
        tree.append(leaf);
        at += 1;
      }
    }
    return tree.root();
  };
}

async function readLeaves(db: Knex, from: number, to: number): Promise<Buffer[]> {
  const hashes = await db('audit_links')
    .where('place', '>', from)
    .where('place', '<=', to)
    .orderBy('place')
    .pluck<string[]>('hash');
  return hashes.map(leafHash);
}

function treeOf(leaves: readonly Buffer[]): GrowingTree {
  const tree = new GrowingTree();
  for (const leaf of leaves) tree.append(leaf);
  return tree;
}

/** The hash at a place; null: the chain is not that long. */
export async function hashAt(db: Knex, place: number): Promise<string | null> {
  const row = await db('audit_links').where({ place }).first<{ hash: string } | undefined>('hash');
  return row?.hash ?? null;
}
