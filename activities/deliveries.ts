/** Published results for the system that is told over HTTP (docs/exchange.md). */
import { MEDIA_TYPES } from '../domain/deliveries/target';
import type { Collaborators } from './collaborators';
import { sendDeliveries } from './send-deliveries';
import type { Webhook } from './webhook';

export interface DeliveryCollaborators extends Collaborators {
  /** null: no system is told. */
  deliveryWebhook: Webhook | null;
}

export function createDeliveryActivities({ db, now, deliveryWebhook: post }: DeliveryCollaborators) {
  return {
    postDeliveries: async (): Promise<{ receiver: boolean }> => {
      if (post) {
        await sendDeliveries({
          ...{ db, kind: 'webhook', clock: now },
          handOver: ({ target, file_name: name, format, content }) =>
            post({
              id: `delivery-${target}-${name}`,
              contentType: MEDIA_TYPES[format],
              body: content,
              headers: { 'x-delivery-target': target, 'x-delivery-file': encodeURIComponent(name) },
            }),
        });
      }
      return { receiver: post !== null };
    },
  };
}
