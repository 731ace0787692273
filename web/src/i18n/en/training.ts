import type { Same } from '../same';
import type { trainingTexts as zh } from '../zh/training';

export const trainingTexts: Same<typeof zh> = {
  training: {
    title: 'Training',
    hint: 'Entered by the department’s liaison or lead officer once it is over. A wrong entry is withdrawn and entered again; it stays on record.',
    required:
      'The city asks for a valid training: only who is still trained on the last day of the visits enters the pool of a new campaign.',
    lacking: '{{name}} has no valid training today and would be left out of new campaigns.',
    empty: 'No training on record.',
    until: 'Training valid until {{day}}',
    expired: 'Training expired',
    expiring: 'Training expires soon',
    filter: {
      all: 'All trainings',
      invalid: 'No valid training',
      expiring: 'Training expires within 60 days',
    },
    enter: 'Enter training',
    topic: 'Topic',
    topicHint: 'e.g. General law for enforcement officers 2026',
    heldOn: 'Day (the last one)',
    hours: 'Hours',
    validUntil: 'Valid until',
    needed: 'Required',
    facts: '{{day}} · {{hours}} hours',
    enteredNote: 'Entered by {{by}}, {{at}}',
    valid: 'Valid',
    over: 'Expired',
    withdrawn: 'Withdrawn',
    withdraw: 'Withdraw',
    withdrawTitle: 'Withdraw training: {{topic}}',
    withdrawnNote: 'Withdrawn by {{by}}, {{at}}: {{reason}}',
    entered: 'Training entered',
    withdrawDone: 'Training withdrawn',
  },
};
