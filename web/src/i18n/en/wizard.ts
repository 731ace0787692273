import type { Same } from '../same';
import type { wizardTexts as zh } from '../zh/wizard';

export const wizardTexts: Same<typeof zh> = {
  wizard: {
    steps: {
      scope: 'Scope',
      items: 'Items and departments',
      ratios: 'Ratios',
      dates: 'Dates and terms',
      review: 'Review',
    },
    next: 'Next',
    back: 'Back',
    mend: 'Change {{part}}',
    saving: 'Saving…',
    saved: 'Saved by itself at {{at}}',
    copyFrom: 'Copy an earlier campaign',
    copyNone: 'No copy, start from nothing',
    copy: 'Copy as a new plan',
    copyName: '{{name}} (copy)',
    preview: {
      title: 'Expected',
      empty: 'With regions and items chosen, this shows what the ratios come to.',
      note: 'Expected numbers from today’s registry, not a draw; entities that have had this year’s visits are not taken out. A draft can be simulated.',
      population: 'Entities in scope',
      visits: 'Visits expected',
      saved: 'Fewer than apart',
      byStratum: 'By risk class',
      stratum: 'Class',
      ratio: 'Ratio',
      byDepartment: 'By department',
      department: 'Department',
      personVisits: 'Person-visits',
    },
    unfinished: {
      title: 'Unfinished plans ({{n}})',
      unnamed: '(no name yet)',
      saved: 'saved {{at}}',
      drop: 'Delete',
      dropOne: 'Delete {{name}}',
      dropAsk: 'It can’t be brought back. Delete this unfinished plan?',
    },
  },
};
