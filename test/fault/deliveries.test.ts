/** The worker dies when a receiver has a delivery, and before anybody could record that. */
import type { Knex } from 'knex';
import { connect } from '../../db/connect';
import { storeTarget } from '../../db/delivery-views';
import { DELIVERY_PRESETS } from '../../domain/deliveries/target';
import { resolveConnections } from '../../server/connections';
import { buildCampaign } from '../support/build-campaign';
import { publish } from '../support/published';
import { until } from '../support/until';
import { webhookReceiver, type WebhookReceiver } from '../support/webhook-receiver';
import { RunningSystem } from './support/running-system';

const PATIENCE_MS = 300_000;
const ENTITIES = 3;

let receiver: WebhookReceiver;
let system: RunningSystem;
let db: Knex;

beforeAll(async () => {
  receiver = await webhookReceiver();
  system = await RunningSystem.create({
    DELIVERY_WEBHOOK_URL: receiver.url,
    DELIVERY_WEBHOOK_SECRET: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  });
  await system.start();
  db = connect(resolveConnections(system.config).ownerUrl, { poolMax: 2 });
}, PATIENCE_MS);

afterAll(async () => {
  await db.destroy();
  await system.remove();
  await receiver.stop();
}, PATIENCE_MS);

interface Delivery {
  status: string;
  attempts: number;
  rows: number;
  sent_at: Date | null;
}

const deliveries = () =>
  db('deliveries').orderBy('id').select<Delivery[]>('status', 'attempts', 'rows', 'sent_at');
const idOf = ({ headers }: WebhookReceiver['received'][number]) => headers['webhook-id'];

test(
  'it is delivered again under the same id and with the same content, recorded once, and the next follows',
  async () => {
    const { columns = [] } = DELIVERY_PRESETS[1] ?? {};
    const lead = await db('users').where({ username: 'scjg-lead' }).first<{ id: number }>('id');
    const campaign = await buildCampaign(db, { users: { lead: lead.id } });
    receiver.beforeNextAnswer(() => system.kill('worker'));
    await storeTarget(db, {
      ...{ code: 'interface', name: '接口', kind: 'webhook', format: 'json', columns },
      ...{ enabled: true, version: 1 },
    });
    await publish(db, campaign, { count: ENTITIES });
    await until(
      () => Promise.resolve(receiver.received.length),
      (count) => count > 0,
      PATIENCE_MS,
    );
    expect(await deliveries()).toEqual([
      { status: 'sending', attempts: 1, rows: 2 * ENTITIES, sent_at: null },
    ]);
    // Minutes later nobody holds the claim of the one who died any more.
    await db('deliveries').update({ next_attempt_at: new Date() });
    await until(deliveries, ([one]) => one?.status === 'sent', PATIENCE_MS);

    const [first, second, ...others] = receiver.received;
    expect(others).toEqual([]);
    expect(second && idOf(second)).toBe(first && idOf(first));
    expect(second?.body).toBe(first?.body);
    expect(await deliveries()).toEqual([
      { status: 'sent', attempts: 2, rows: 2 * ENTITIES, sent_at: expect.any(Date) as Date },
    ]);

    await publish(db, campaign, { first: ENTITIES, count: 1 });
    await until(
      deliveries,
      (all) => all.length === 2 && all.every(({ status }) => status === 'sent'),
      PATIENCE_MS,
    );
    const ids = receiver.received.map(idOf);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(2);
  },
  2 * PATIENCE_MS,
);
