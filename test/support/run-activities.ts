/** Commands carried out by the activities themselves, without workflows: for what a test wants of the database only. */
import { MockActivityEnvironment } from '@temporalio/testing';
import type { Knex } from 'knex';
import { createActivities } from '../../activities';
import { createMailer } from '../../activities/mailer';
import { folderStore } from '../../evidence/folder-store';
import type { CommandInput, StepOutcome } from '../../domain/commands';
import { testSigner } from './audit-signing';
import type { Parts } from './drive-campaign';

export function runActivities(db: Knex, now: () => Date = () => new Date()) {
  const activities = createActivities({
    db,
    now,
    // Nobody delivers here: the connection is never opened.
    mailer: createMailer({ smtpUrl: 'smtp://127.0.0.1:1', from: '一次查 <noreply@onevisit.invalid>' }),
    publicUrl: 'http://onevisit.invalid',
    // Nor is anything kept here.
    evidence: folderStore('/nonexistent'),
    audit: { signer: testSigner(), folder: '/nonexistent' },
    deliveryWebhook: null,
    startHandling: () => Promise.reject(new Error('no workflows here')),
    stepOfCase: () => Promise.reject(new Error('no workflows here')),
  });
  const command: Parts['command'] = (name, input) => {
    const step = (name === 'return' ? activities.sendBack : activities[name]) as (
      input: CommandInput,
    ) => Promise<StepOutcome>;
    const run = () => step(input);
    return new MockActivityEnvironment().run<[], StepOutcome, typeof run>(run);
  };
  return { activities, command };
}
