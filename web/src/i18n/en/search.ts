import type { Same } from '../same';
import type { searchTexts as zh } from '../zh/search';

export const searchTexts: Same<typeof zh> = {
  search: {
    openHint: 'Campaigns, entities, people, items…',
    title: 'Search',
    label: 'Name, code or number',
    placeholder: 'Name of a business, credit code, campaign, item or person',
    tooShort: 'One more character, please.',
    start:
      'Two characters or more: looks through the campaigns, entities, people, items, visits and violations that you may see.',
    none: 'Nothing found for “{{q}}”. Try other words, or filter the registry and the lists.',
    recent: 'Opened lately',
    forget: 'Clear',
    pages: 'Pages',
    more: 'There are more: type some more characters.',
    found: '{{n}} found',
    keys: '↑↓ choose   Enter open   Esc close',
    kinds: {
      campaign: 'Campaigns',
      entity: 'Entities',
      inspector: 'Inspectors',
      item: 'Items',
      visit: 'Visits',
      case: 'Violations',
    },
  },
  lists: { csv: 'Export CSV' },
  shell: { more: 'More', morePages: 'More pages', close: 'Close' },
};
