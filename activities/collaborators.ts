import type { Knex } from 'knex';

/** What activities work with; handed in, so that tests can hand in their own. */
export interface Collaborators {
  db: Knex;
  /** The time by the Temporal server, which tests can skip. */
  now: () => Date;
}
