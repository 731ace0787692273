/**
 * Which column holds personal data: of whom, on what ground, for how long (PIPL art. 5 to 7, 19, 51 no. 2).
 *
 * In the code and not in comments on the columns: the compiler knows its words, retention, masks and answers to a person's
 * request read it, and a changed judgement is a reviewed change and no migration. That each column of the live schema has
 * its entry, and none is of a column that is gone, a test holds.
 */
import type { Basis, Kind, Whose } from '../../domain/privacy/kinds';
import type { PeriodName } from '../../domain/privacy/periods';

export interface Mark {
  kind: Kind;
  whose: Whose;
  basis: Basis;
  /** Null: as its table. */
  keep: PeriodName | null;
}

/** Names of columns in one text, with a space between them. */
export type Columns = string;

export interface TableMarks {
  keep: PeriodName;
  personal?: Record<string, Mark>;
  /** Texts that officials write freely: whoever is spoken of in them. */
  texts?: Columns;
  /** Who did it. */
  by?: Columns;
  /** Nobody's. */
  plain?: Columns;
}

export type Tables = Record<string, TableMarks>;

export const mark = (
  kind: Kind,
  whose: Whose,
  basis: Basis = 'duty',
  keep: PeriodName | null = null,
): Mark => ({ kind, whose, basis, keep });
