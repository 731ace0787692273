import type { Same } from '../same';
import type { objectionTexts as zh } from '../zh/objections';

export const objectionTexts: Same<typeof zh> = {
  objection: {
    title: 'Objections to results',
    results: 'Results',
    resultsHint:
      'If you disagree with a result you can object here. A head of the department who had no part in the inspection looks into it and answers with reasons. Your rights to administrative review and to a court are untouched.',
    until: 'until {{day}}, that day included',
    published: 'published {{at}}',
    unpublished: 'not published yet',
    opinion: 'Handling opinion: {{opinion}}',
    object: 'Object',
    reason: 'Why you disagree with the result of “{{item}}”',
    reasonHint:
      'Please say what is wrong and how it can be seen. Please enter no identity or phone numbers, and nothing personal of others.',
    contact: 'Whom to speak to (optional, not published)',
    send: 'Send the objection',
    askedAt: 'Objection of {{at}}: {{reason}}',
    dueAt: 'The answer is due by {{at}}; the code will show it here.',
    answeredAt: 'Answer of {{at}}: {{note}}',
    states: { open: 'objection, being looked into', upheld: 'upheld', rejected: 'rejected' },
    upheldNext: 'The department corrects the result, and its publication with it.',
    disputed: 'objection, being looked into',
    of: 'Against “{{item}}” ({{result}}): {{reason}}',
    by: 'raised {{at}}',
    byContact: 'raised {{at}}, contact',
    due: 'answer due by {{at}}',
    decidedBy: 'Answered by {{by}}, {{at}}: {{note}}',
    decideHint:
      'The entity reads the answer and its reasons. Where you uphold it, an inspector then asks for the correction of the result on this page.',
    note: 'Reasons of the answer (the entity reads them)',
    noteNeeded: 'Please give the reasons',
    uphold: 'Uphold',
    reject: 'Reject',
    decided: 'Answered',
    correct:
      'Upheld: an inspector or the liaison asks on this page for the correction of the item’s result; what is published is corrected with it.',
  },
};
