/** Signed requests to one address of the city's, as the Standard Webhooks have it. */
import { createHmac } from 'node:crypto';
import type { Answer } from '../domain/notices/delivery';
import { postGuarded } from './guarded-request';

export interface WebhookOptions {
  url: string;
  /** `whsec_` and the key in Base64; while keys are changed, the new and the former one with a comma between. */
  secret: string;
  /** Networks that are no public ones, where the address may lie all the same. */
  networks: readonly string[];
}

export interface WebhookMessage {
  /** The same in every attempt: a receiver that knows it ignores it. */
  id: string;
  contentType: string;
  body: Buffer;
  headers?: Record<string, string>;
}

export type Webhook = (message: WebhookMessage) => Promise<{ answer: Answer; reply: string }>;

const TIMEOUT_MS = 10_000;

/**
 * Posts under the headers `webhook-id`, `webhook-timestamp` (seconds) and `webhook-signature`: `v1,` and HMAC-SHA256 of
 * `id.timestamp.body` in Base64, for each key one, so that a receiver may know the new key or still the former.
 */
export function createWebhook({ url, secret, networks }: WebhookOptions): Webhook {
  const keys = secret.split(',').map((one) => Buffer.from(one.replace(/^whsec_/, ''), 'base64'));
  return async ({ id, contentType, body, headers = {} }) => {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signatures = keys.map(
      (key) => `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`,
    );
    try {
      const { status, text } = await postGuarded({
        ...{ url: new URL(url), body, timeoutMs: TIMEOUT_MS, allowed: networks },
        headers: {
          ...headers,
          'content-type': contentType,
          'webhook-id': id,
          'webhook-timestamp': timestamp,
          'webhook-signature': signatures.join(' '),
        },
      });
      return { answer: answerOf(status), reply: `HTTP ${status} ${text}` };
    } catch (error) {
      return { answer: 'unusable', reply: (error as Error).message };
    }
  };
}

/** Too many, too early, timed out: for now. Other refusals are of this message, but for those of our key or address. */
function answerOf(status: number): Answer {
  if (status >= 200 && status < 300) return 'taken';
  if (status === 408 || status === 425 || status === 429 || status >= 500) return 'put-off';
  if (status < 400 || status === 401 || status === 403 || status === 404 || status === 405) return 'unusable';
  return 'refused';
}
