import { hash } from './hash';

/** An entity's place in the draw (draw protocol, section 3); one ticket whatever the number of items. */
export const entityTicket = (seed: string, code: string): string => hash(`${seed}\nentity\n${code}`);

/** The tie-breaker wherever the matching has a free choice (draw protocol, section 5). */
export const inspectorTicket = (seed: string, code: string, department: string, inspector: string): string =>
  hash(`${seed}\ninspector\n${code}\n${department}\n${inspector}`);
