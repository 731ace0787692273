import { hash } from './hash';

/** What is hashed before an entity's code; tickets in SQL begin with it too. */
export const entityTicketPrefix = (seed: string): string => `${seed}\nentity\n`;

/** An entity's place in the draw (draw protocol, section 3); one ticket whatever the number of items. */
export const entityTicket = (seed: string, code: string): string => hash(entityTicketPrefix(seed) + code);

/** The tie-breaker wherever the matching has a free choice (draw protocol, section 5). */
export const inspectorTicket = (seed: string, code: string, department: string, inspector: string): string =>
  hash(`${seed}\ninspector\n${code}\n${department}\n${inspector}`);
