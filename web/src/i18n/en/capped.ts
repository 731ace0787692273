import type { Same } from '../same';
import type { capped as zh } from '../zh/capped';

export const capped: Same<typeof zh> = {
  capped: {
    show: 'Who is at the cap, and why',
    hide: 'Hide the list',
    lead: 'As the registry is now. Visits of this year count from when they are planned. For officials only, never published.',
    csv: 'Download (CSV)',
    xlsx: 'Download (XLSX)',
    empty: 'Nobody is at the cap now.',
    out: 'Not drawn any more',
    keyOnly: 'Drawn by key items only',
    because: '{{n}} visits counted this year, {{stratum}} may have {{cap}}:',
    moved: ' (risk class {{from}}, drawn as {{to}} for what is on record)',
    taken: 'not drawn by: {{items}}',
    kept: 'still drawn by: {{items}}',
  },
};
