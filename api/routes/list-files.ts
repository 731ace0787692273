import { listAccounts } from '../../db/accounts';
import { listCampaigns } from '../../db/campaign-views';
import { listCreditRecords } from '../../db/credit-records';
import { listImports } from '../../db/import-views';
import { listItems } from '../../db/items';
import { listVisits } from '../../db/visit-views';
import { dayOf } from '../../domain/deadlines/working-days';
import { prefixOf } from '../../domain/regions/covers';
import { areasOf } from '../areas-of';
import { departmentNamer } from '../department-namer';
import { listFilesContract as contract } from '../contract/list-files';
import { implement } from '../implement';
import { everyRow, type RowsAfter } from '../../db/every-row';
import {
  CAMPAIGN_TABLE,
  CREDIT_TABLE,
  IMPORT_TABLE,
  itemTable,
  userTable,
  VISIT_TABLE,
  type UserLine,
  type VisitLine,
} from '../lists/tables';
import { csvAnswer } from '../tables';
import { namesOf } from '../users/account-of';
import { sightOf } from '../visits/sight';
import { creditFilterOf } from './credit-records';
import { accountFilterOf } from './users';

export const listFileRoutes = [
  implement(contract.downloadCampaigns, ({ query: { stage }, actor }, { db, now }) => {
    const rows = everyRow(
      ({ limit, after }: RowsAfter<number>) =>
        listCampaigns(db, {
          ...{ areas: areasOf(actor).map(prefixOf), limit, now: now() },
          ...(stage === undefined ? {} : { stage }),
          ...(after === undefined ? {} : { beforeId: after }),
        }),
      (row) => row.id,
    );
    return Promise.resolve(csvAnswer(CAMPAIGN_TABLE, rows, `联合抽查-${dayOf(now())}.csv`));
  }),

  implement(contract.downloadVisits, ({ query, actor }, { db, now }) => {
    const { campaign, entity, department, mine, state } = query;
    const visits = everyRow(
      ({ limit, after }: RowsAfter<number>) =>
        listVisits(db, {
          ...{ state, limit, ...sightOf(actor, mine === 'true') },
          ...(campaign === undefined ? {} : { campaign }),
          ...(entity === undefined ? {} : { entity }),
          ...(department === undefined ? {} : { department }),
          ...(after === undefined ? {} : { afterId: after }),
        }),
      (row) => row.id,
    );
    const lines = async function* (): AsyncGenerator<VisitLine> {
      for await (const visit of visits) for (const item of visit.items) yield { visit, item };
    };
    return Promise.resolve(csvAnswer(VISIT_TABLE, lines(), `上门检查-${dayOf(now())}.csv`));
  }),

  implement(contract.downloadItems, async ({ query: { department, status } }, { db, now }) => {
    const departmentOf = await departmentNamer(db);
    const rows = everyRow(
      ({ limit, after }: RowsAfter<string>) =>
        listItems(db, {
          limit,
          ...(department === undefined ? {} : { department }),
          ...(status === undefined ? {} : { status }),
          ...(after === undefined ? {} : { afterCode: after }),
        }),
      (row) => row.code,
    );
    return csvAnswer(
      itemTable((code) => departmentOf(code).name),
      rows,
      `事项清单-${dayOf(now())}.csv`,
    );
  }),

  implement(contract.downloadImports, ({ query: { kind } }, { db, now }) => {
    const rows = everyRow(
      ({ limit, after }: RowsAfter<number>) =>
        listImports(db, {
          limit,
          ...(kind === undefined ? {} : { kind }),
          ...(after === undefined ? {} : { beforeId: after }),
        }),
      (row) => row.id,
    );
    return Promise.resolve(csvAnswer(IMPORT_TABLE, rows, `导入记录-${dayOf(now())}.csv`));
  }),

  implement(contract.downloadUsers, async ({ query, actor }, { db, now }) => {
    const accounts = everyRow(
      ({ limit, after }: RowsAfter<string>) =>
        listAccounts(db, {
          ...{ ...accountFilterOf(query, actor), now: now(), limit },
          ...(after === undefined ? {} : { after }),
        }),
      (row) => row.username,
    );
    const lines = async function* (): AsyncGenerator<UserLine> {
      for await (const account of accounts) {
        const grants = account.grants.length === 0 ? [null] : account.grants;
        for (const grant of grants) yield { account, grant };
      }
    };
    return csvAnswer(userTable(await namesOf(db)), lines(), `用户-${dayOf(now())}.csv`);
  }),

  implement(contract.downloadCreditRecords, ({ query, actor }, { db, now }) => {
    const rows = everyRow(
      ({ limit, after }: RowsAfter<number>) =>
        listCreditRecords(db, {
          ...{ ...creditFilterOf(query, actor, now()), limit },
          ...(after === undefined ? {} : { beforeId: after }),
        }),
      (row) => row.id,
    );
    return Promise.resolve(csvAnswer(CREDIT_TABLE, rows, `信用记录-${dayOf(now())}.csv`));
  }),
];
