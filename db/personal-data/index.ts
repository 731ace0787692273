/** Every column of the database, and whose data it is. */
import type { PeriodName } from '../../domain/privacy/periods';
import { CAMPAIGNS } from './campaigns';
import type { Mark, Tables } from './marks';
import { PEOPLE } from './people';
import { REGISTRIES } from './registries';
import { VISITS } from './visits';

export const TABLES: Tables = { ...PEOPLE, ...REGISTRIES, ...CAMPAIGNS, ...VISITS };

export interface MarkedColumn extends Mark {
  table: string;
  column: string;
  keep: PeriodName;
}

const namesIn = (columns: string | undefined): string[] =>
  (columns ?? '').split(' ').filter((name) => name !== '');

/** Columns with personal data, table by table. */
export const personalColumns = (): MarkedColumn[] =>
  Object.entries(TABLES).flatMap(([table, { keep, personal = {}, texts, by }]) => [
    ...Object.entries(personal).map(([column, mark]) => ({
      ...{ table, column },
      ...mark,
      keep: mark.keep ?? keep,
    })),
    ...namesIn(texts).map((column) => ({
      ...{ table, column, keep },
      ...({ kind: 'text', whose: 'anybody', basis: 'duty' } as const),
    })),
    ...namesIn(by).map((column) => ({
      ...{ table, column, keep },
      ...({ kind: 'act', whose: 'official', basis: 'duty' } as const),
    })),
  ]);

/** Every column that has an entry, as `table.column`, with those that are nobody's. */
export const judgedColumns = (): string[] => [
  ...personalColumns().map(({ table, column }) => `${table}.${column}`),
  ...Object.entries(TABLES).flatMap(([table, { plain }]) => namesIn(plain).map((name) => `${table}.${name}`)),
];
