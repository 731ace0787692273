/** What processes of ours count and measure, in Prometheus' form; docs/operations/metrics.md tells what each is for. */
import { SpanKind, trace } from '@opentelemetry/api';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { ServedRequest } from '../../api/context';
import type { Pool } from '../../db/connect';
import type { Mailer } from '../../activities/mailer';
import type { EvidenceStore } from '../../evidence/store';

const tracer = trace.getTracer('onevisit.mail');

const SECONDS = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 90];

export interface Instruments {
  registry: Registry;
  requestServed: (served: ServedRequest) => void;
  activityDone: (activity: string, outcome: 'done' | 'failed', seconds: number) => void;
  /** The same store; what it fails at is counted. */
  watchEvidence: (store: EvidenceStore) => EvidenceStore;
  /** The same mailer; what it is answered is counted. */
  watchMailer: (channel: string, mailer: Mailer) => Mailer;
}

export function createInstruments(service: 'api' | 'worker'): Instruments {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Histogram({
    name: 'onevisit_http_request_seconds',
    help: 'Requests by endpoint of the contract, method and status',
    labelNames: ['endpoint', 'method', 'status'],
    buckets: SECONDS,
    registers,
  });
  const activities = new Histogram({
    name: 'onevisit_activity_seconds',
    help: 'Activities of workflows by name and outcome',
    labelNames: ['activity', 'outcome'],
    buckets: SECONDS,
    registers,
  });
  const evidenceErrors = new Counter({
    name: 'onevisit_evidence_store_errors_total',
    help: 'What the store of evidence failed at',
    labelNames: ['operation'],
    registers,
  });
  const mails = new Counter({
    name: 'onevisit_mail_attempts_total',
    help: 'Digests handed over, by channel and answer',
    labelNames: ['channel', 'answer'],
    registers,
  });
  return {
    registry,
    requestServed: ({ endpoint, method, status, seconds }) => {
      requests.observe({ endpoint, method, status }, seconds);
    },
    activityDone: (activity, outcome, seconds) => {
      activities.observe({ activity, outcome }, seconds);
    },
    watchEvidence: (store) => watched(store, (operation) => evidenceErrors.inc({ operation })),
    watchMailer: (channel, mailer) => ({
      ...mailer,
      send: (mail) =>
        tracer.startActiveSpan(`send ${channel}`, { kind: SpanKind.CLIENT }, async (span) => {
          try {
            const sent = await mailer.send(mail);
            mails.inc({ channel, answer: sent.answer });
            // Neither recipient nor subject: the id finds the mail where one may look it up.
            span.setAttributes({ 'onevisit.message_id': mail.messageId, 'onevisit.answer': sent.answer });
            return sent;
          } finally {
            span.end();
          }
        }),
    }),
  };
}

/** How far the pool of connections is used. */
export function watchPool({ registry }: Instruments, pool: Pool): void {
  const gauge = new Gauge({
    name: 'onevisit_db_pool',
    help: 'Connections to the database by state, and who waits for one',
    labelNames: ['state'],
    registers: [registry],
    collect: () => {
      gauge.set({ state: 'used' }, pool.numUsed());
      gauge.set({ state: 'free' }, pool.numFree());
      gauge.set({ state: 'awaited' }, pool.numPendingAcquires());
    },
  });
}

function watched(store: EvidenceStore, failed: (operation: string) => void): EvidenceStore {
  const counting = async <T>(operation: string, work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      failed(operation);
      throw error;
    }
  };
  return {
    incoming: store.incoming,
    put: (key, file) => counting('put', store.put(key, file)),
    open: (key) => counting('open', store.open(key)),
    remove: (key) => counting('remove', store.remove(key)),
    keysOlderThan: (milliseconds) => store.keysOlderThan(milliseconds),
  };
}
