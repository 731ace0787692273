import type { Same } from '../same';
import type { frequencyTexts as zh } from '../zh/frequency';

export const frequencyTexts: Same<typeof zh> = {
  frequency: {
    title: 'Perhaps inspected too often',
    capPlanned:
      '{{count}} inspections this year, this one included: above the yearly cap of {{limit}}. Key items are outside the cap.',
    capReached:
      '{{count}} inspections this year: the yearly cap of {{limit}} is reached, and only key items still draw it.',
    soonPlanned:
      '{{count}} inspections within {{limit}} days before and after, this one included: what can be joined is done in one.',
    soonSeen: '{{count}} inspections within {{limit}} days before and after.',
    visit: '{{campaign}}, visit {{number}}, {{on}}',
  },
  approvalSheet: {
    title: 'Approval of an inspection',
    link: 'Print the form of approval',
    none: 'This campaign demands no approval of each inspection, so there is no form.',
    number: 'No. {{campaign}}-{{number}}-{{department}}',
    department: 'Department',
    campaign: 'Campaign',
    entity: 'Entity',
    time: 'When',
    window: 'between {{from}} and {{to}}; the day will be agreed on',
    methods: 'How',
    count: 'How often',
    countText: '{{visits}} in {{year}}, this one included; the yearly cap is {{cap}}',
    countOpen: '{{visits}} in {{year}}, this one included; its class has no cap',
    frequency: 'Warnings',
    none2: 'none',
    items: '1. What is inspected, and on what basis',
    inspectors: '2. Who inspects',
    noTeam: 'nobody is assigned yet',
    reason: '3. Why',
    reasonText:
      'Drawn at random in “{{campaign}}”; the inspectors were matched at random. The draw is public and anyone can recompute it. All departments go together.',
    opinion: '4. Decision',
    handler: 'Handled by (signature)',
    head: 'Head of the department (signature)',
    state: 'Decision',
    waiting: 'not decided yet',
    approved: 'approved',
    returned: 'returned',
    note: 'Note',
    by: 'Decided by',
    at: 'Decided at',
    electronic: 'Made by the system. What was decided in the system is on record there under this number.',
  },
};
