import type { Knex } from 'knex';
import { listBulletins, listEditions, listFreezes, readBulletin } from '../../db/bulletins';
import { readNames } from '../../db/organisation';
import { notFound } from '../../domain/errors';
import { editionOf, headOf, reportIn } from '../bulletins/bulletin-of';
import { bulletinsContract as contract } from '../contract/bulletins';
import { decodeCursor, isId, pageOf } from '../cursor';
import { FileAnswer, implement } from '../implement';
import { ranking } from '../oversight/report-tables';
import { csvAnswer, type TableColumn } from '../tables';

export const openBulletinRoutes = [
  implement(contract.listPublicBulletins, async ({ query }, { db }) => {
    const beforeId = decodeCursor(query.cursor, isId);
    const rows = await listBulletins(db, {
      isPublic: true,
      limit: query.limit + 1,
      ...(beforeId === undefined ? {} : { beforeId }),
    });
    const names = await readNames(db);
    const page = pageOf(rows, query.limit, (row) => row.id);
    return {
      ...page,
      rows: page.rows.map((row) => ({
        ...headOf(row, names),
        publishedAt: row.published_at?.toISOString() ?? null,
      })),
    };
  }),

  implement(contract.readPublicBulletin, async ({ params }, { db }) => {
    const { bulletin, editions, newest, freeze } = await readOpen(db, params.number);
    const isOpen = newest.withdrawn_at === null;
    return {
      ...headOf({ ...bulletin, title: newest.title }, await readNames(db)),
      publishedAt: newest.published_at.toISOString(),
      texts: isOpen ? newest.texts : null,
      report: isOpen ? reportIn(freeze) : null,
      sha256: isOpen ? freeze.sha256 : null,
      editions: editions.map(editionOf),
    };
  }),

  implement(contract.downloadBulletinJson, async ({ params }, { db }) => {
    const { freeze } = await readStanding(db, params.number);
    return new FileAnswer(Buffer.from(freeze.snapshot), `${params.number}.json`);
  }),

  implement(contract.downloadBulletinCsv, async ({ params }, { db }) => {
    const { freeze } = await readStanding(db, params.number);
    const report = reportIn(freeze);
    const rows = [
      ...report.departments.map((row) => ({ kind: '部门', ...row })),
      ...report.regions.map((row) => ({ kind: '地区', ...row })),
    ];
    return csvAnswer(RANKING, rows, `${params.number}.csv`);
  }),
];

type Ranked = ReturnType<typeof reportIn>['departments'][number] & { kind: string };

const RANKING: readonly TableColumn<Ranked>[] = [
  { header: '类别', value: (row) => row.kind },
  ...ranking('名称'),
];

/** What is or was public: the newest edition with its figures, and those before it. */
async function readOpen(db: Knex, number: string) {
  const bulletin = await readBulletin(db, number);
  const editions = await listEditions(db, bulletin.id);
  const [newest] = editions;
  const freeze = (await listFreezes(db, bulletin.id)).find((one) => one.number === newest?.freeze_number);
  if (!newest || !freeze) throw notFound('bulletin-not-found', `没有编号为“${number}”的通报。`);
  return { bulletin, editions, newest, freeze };
}

/** What the public reads of a bulletin that stands. */
export async function readPublicBulletin(db: Knex, number: string) {
  const { bulletin, newest, freeze } = await readStanding(db, number);
  return {
    ...headOf({ ...bulletin, title: newest.title }, await readNames(db)),
    ...{ texts: newest.texts, report: reportIn(freeze), sha256: freeze.sha256 },
  };
}

async function readStanding(db: Knex, number: string) {
  const open = await readOpen(db, number);
  if (open.newest.withdrawn_at !== null) throw notFound('bulletin-withdrawn', `通报 ${number} 已经撤回。`);
  return open;
}
