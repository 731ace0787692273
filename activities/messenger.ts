/** The city's own messenger: each digest is a signed POST to one address, as the Standard Webhooks have it. */
import { createHmac } from 'node:crypto';
import type { Answer } from '../domain/notices/delivery';
import type { Mailer } from './mailer';

export interface MessengerOptions {
  url: string;
  /** `whsec_` and the key in Base64. */
  secret: string;
}

const TIMEOUT_MS = 10_000;

/**
 * A digest goes out as JSON: `{"type":"digest","recipient":username,"subject":…,"text":…}`, under the headers
 * `webhook-id` (the same in every attempt: a receiver that knows it ignores it), `webhook-timestamp` (seconds) and
 * `webhook-signature` (`v1,` and HMAC-SHA256 of `id.timestamp.body` in Base64).
 */
export function createMessenger({ url, secret }: MessengerOptions): Mailer {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return {
    relay: new URL(url).host,
    rate: null,
    send: async ({ messageId, to, subject, text }) => {
      const body = JSON.stringify({ type: 'digest', recipient: to, subject, text });
      const timestamp = String(Math.floor(Date.now() / 1000));
      const signature = createHmac('sha256', key)
        .update(`${messageId}.${timestamp}.${body}`)
        .digest('base64');
      try {
        const response = await fetch(url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json; charset=utf-8',
            'webhook-id': messageId,
            'webhook-timestamp': timestamp,
            'webhook-signature': `v1,${signature}`,
          },
          body,
          // The address is the operator's; where it leads on to, nobody has checked.
          redirect: 'manual',
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        await response.body?.cancel();
        return { answer: answerOf(response.status), reply: `HTTP ${response.status} ${response.statusText}` };
      } catch (error) {
        const { message, cause } = error as Error;
        return { answer: 'unusable', reply: cause instanceof Error ? cause.message : message };
      }
    },
    close: () => undefined,
  };
}

/** Too many, too early, timed out: for now. Other refusals are of this recipient, but for those of our key or address. */
function answerOf(status: number): Answer {
  if (status >= 200 && status < 300) return 'taken';
  if (status === 408 || status === 425 || status === 429 || status >= 500) return 'put-off';
  if (status < 400 || status === 401 || status === 403 || status === 404 || status === 405) return 'unusable';
  return 'refused';
}
