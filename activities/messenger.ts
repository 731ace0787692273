/** The city's own messenger: each digest is a signed POST to one address. */
import type { Mailer } from './mailer';
import { createWebhook, type WebhookOptions } from './webhook';

/** A digest goes out as JSON: `{"type":"digest","recipient":username,"subject":…,"text":…}`. */
export function createMessenger(options: WebhookOptions): Mailer {
  const post = createWebhook(options);
  return {
    relay: new URL(options.url).host,
    rate: null,
    send: ({ messageId, to, subject, text }) =>
      post({
        id: messageId,
        contentType: 'application/json; charset=utf-8',
        body: Buffer.from(JSON.stringify({ type: 'digest', recipient: to, subject, text })),
      }),
    close: () => undefined,
  };
}
