import type { Same } from '../same';
import type { strata as zh } from '../zh/strata';

export const strata: Same<typeof zh> = {
  strata: {
    class: 'Class {{letter}}',
    levels: { high: 'high-risk trades', normal: 'ordinary trades', low: 'low-risk trades' },
    note: ' ({{words}})',
    and: ', ',
  },
};
