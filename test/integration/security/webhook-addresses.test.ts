/** What is posted to a receiver can't be led into our own network (ASVS 5.0 1.3.6). */
import { createWebhook } from '../../../activities/webhook';
import { reachableBy } from '../../../activities/guarded-request';
import { webhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver';

let receiver: WebhookReceiver;

beforeAll(async () => {
  receiver = await webhookReceiver();
});

afterAll(() => receiver.stop());

const postTo = (url: string, networks: readonly string[]) =>
  createWebhook({ url, secret: `whsec_${'A'.repeat(32)}`, networks })({
    ...{ id: 'n1', contentType: 'application/json', body: Buffer.from('{}') },
  });

test.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '0.0.0.0'])(
  'a receiver at %s gets nothing where the site has not named its network',
  async (host) => {
    const { port } = new URL(receiver.url);
    const { answer, reply } = await postTo(`http://${host}:${port}/hooks`, []);
    expect(answer).toBe('unusable');
    expect(reply).toContain('WEBHOOK_NETWORKS');
    expect(receiver.received).toEqual([]);
  },
);

test('where it has, it gets what is posted; where the receiver leads on to is not followed', async () => {
  receiver.answer(302);
  expect((await postTo(receiver.url, ['127.0.0.0/8'])).answer).toBe('unusable');
  receiver.answer(204);
  expect((await postTo(receiver.url, ['127.0.0.0/8'])).answer).toBe('taken');
  expect(receiver.received).toHaveLength(2);
});

test('by their addresses: public ones are reached, all others are not', () => {
  const mayReach = reachableBy(['10.20.0.0/16']);
  for (const address of ['1.2.3.4', '223.5.5.5', '2400:3200::1', '10.20.3.4', '::ffff:10.20.3.4'])
    expect({ address, reached: mayReach(address) }).toEqual({ address, reached: true });
  for (const address of [
    ...['10.21.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', '169.254.169.254'],
    ...['0.0.0.0', '255.255.255.255', '224.0.0.1', '::', '::1', 'fe80::1', 'fd00::1', 'ff02::1'],
    ...['::ffff:127.0.0.1', '::ffff:7f00:1', '64:ff9b::7f00:1', '2002:7f00:1::'],
  ])
    expect({ address, reached: mayReach(address) }).toEqual({ address, reached: false });
});
