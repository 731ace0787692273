import type { Same } from '../same';
import type { mailTexts as zh } from '../zh/mails';

export const mailTexts: Same<typeof zh> = {
  mails: {
    title: 'Mail',
    statuses: {
      waiting: 'Waiting for the digest',
      none: 'No mail address, or no mail wanted',
      created: 'Queued',
      sending: 'Sending',
      sent: 'Sent',
      delivered: 'Delivered',
      'temporary-failure': 'Not delivered for now',
      'permanent-failure': 'Cannot be delivered',
      'technical-failure': 'Mail server out of order',
    },
    hint: '“Sent” means that our mail server took it; “delivered” that the recipient’s server confirmed it. What is put off is tried again for 4 hours.',
    none: 'No mails yet.',
    kind: 'Kind',
    notices: 'Notices',
    mails: 'Mails',
    byKind: 'Notices and mails by kind',
    failed: 'Mails that did not arrive',
    failedHint:
      'The notices are not lost: the recipient sees them after signing in. Check the address, then send again: it goes to the address that is registered now.',
    failedEmpty: 'Every mail arrived, or is still being tried.',
    channels: { mail: 'Mail', messenger: "The city's messenger" },
    reply: 'The server said: ',
    attempts: '{{n}} attempts',
    failedAt: 'given up at {{at}}',
    resend: 'Send again',
    resent: 'Queued again: it leaves within a minute',
  },
  noticePreferences: {
    title: 'How I am told',
    lead: 'All notices are in the list here. Choose how else you want to be told.',
    mail: 'Mail',
    mailHint: 'What asks something of you, or is overdue, always comes by mail.',
    messenger: "The city's messenger",
    noMessenger: 'The city has no messenger connected yet.',
    choices: { all: 'All notices', needed: 'Only what is to be done or overdue', none: 'None' },
    informing: 'For information only: {{kinds}}.',
    saved: 'Saved: from the next notice on',
  },
};
