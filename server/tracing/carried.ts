/** From which request something comes, on its way through Temporal: its number, and its trace where there is one. */
import type { ActivityInterceptorsFactory } from '@temporalio/worker';
import type { WorkflowClientInterceptor } from '@temporalio/client';
import { defaultPayloadConverter, type Headers } from '@temporalio/common';
import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Logger } from 'pino';
import { requestScope } from '../../api/request-scope';
import { CARRIED_HEADER } from '../../domain/names';

interface Carried {
  requestId?: string;
  traceparent?: string;
}

const tracer = trace.getTracer('onevisit.worker');

/** What a client sends goes with the number of the request that it is sent for. */
export const carryingClient: WorkflowClientInterceptor = {
  startWithDetails: (input, next) => next(carrying(input)),
  startUpdateWithStart: (input, next) =>
    next({
      ...input,
      updateHeaders: withCarried(input.updateHeaders),
      workflowStartHeaders: withCarried(input.workflowStartHeaders),
    }),
  signal: (input, next) => next(carrying(input)),
  signalWithStart: (input, next) => next(carrying(input)),
};

const carrying = <I extends { headers: Headers }>(input: I): I => ({
  ...input,
  headers: withCarried(input.headers),
});

function withCarried(headers: Headers): Headers {
  const carried: Carried = { ...requestScope.getStore() };
  propagation.inject(context.active(), carried);
  return carried.requestId === undefined && carried.traceparent === undefined
    ? headers
    : { ...headers, [CARRIED_HEADER]: defaultPayloadConverter.toPayload(carried) };
}

/** An activity as a span of the trace that led to it, and a line in the log that names its workflow and request. */
export const tracedActivities =
  (log: Logger): ActivityInterceptorsFactory =>
  ({ info }) => ({
    inbound: {
      execute: (input, next) => {
        const { requestId, traceparent } = carriedBy(input.headers);
        const began = performance.now();
        const line = (outcome: object) => ({
          activity: info.activityType,
          workflow: info.workflowExecution?.workflowId,
          attempt: info.attempt,
          requestId,
          ms: Math.round(performance.now() - began),
          ...outcome,
        });
        const work = () =>
          tracer.startActiveSpan(info.activityType, { kind: SpanKind.CONSUMER }, async (span) => {
            span.setAttribute('temporal.workflow_id', info.workflowExecution?.workflowId ?? '');
            if (requestId !== undefined) span.setAttribute('onevisit.request_id', requestId);
            try {
              const result = await next(input);
              log.debug(line({}), 'activity done');
              return result;
            } catch (error) {
              span.setStatus({ code: SpanStatusCode.ERROR });
              log.warn(line({ reason: reasonOf(error) }), 'activity failed');
              throw error;
            } finally {
              span.end();
            }
          });
        const parent = propagation.extract(
          context.active(),
          traceparent === undefined ? {} : { traceparent },
        );
        return context.with(parent, () =>
          requestId === undefined ? work() : requestScope.run({ requestId }, work),
        );
      },
    },
  });

function carriedBy(headers: Headers): Carried {
  const payload = headers[CARRIED_HEADER];
  return payload ? defaultPayloadConverter.fromPayload<Carried>(payload) : {};
}

/** Failures that people are told may name somebody: their type says enough. */
function reasonOf(error: unknown): string {
  const { type, name, message } = error as Partial<Error> & { type?: string };
  return type ?? `${name ?? 'Error'}: ${(message ?? '').split('\n')[0] ?? ''}`;
}
