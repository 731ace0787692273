/** A request as the first span of its trace, and the scope of its number. Without an exporter, spans are nothing. */
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Request, Response } from 'express';
import type { Endpoint } from '../contract/endpoint';
import { requestScope } from '../request-scope';
import { requestIdOf } from './request-id';

const tracer = trace.getTracer('onevisit.api');

/** Whoever sends a `traceparent` from outside does not decide what our traces are called: each begins here. */
export function inSpan(
  endpoint: Endpoint,
  request: Request,
  response: Response,
  work: () => Promise<void>,
): Promise<void> {
  const requestId = requestIdOf(response);
  return requestScope.run({ requestId }, () =>
    tracer.startActiveSpan(
      endpoint.id,
      {
        kind: SpanKind.SERVER,
        root: true,
        attributes: {
          'http.request.method': request.method,
          'http.route': `/api/v1${endpoint.path}`,
          'onevisit.request_id': requestId,
        },
      },
      async (span) => {
        // After the answer, also one that the handler of problems gives.
        response.once('close', () => {
          span.setAttribute('http.response.status_code', response.statusCode);
          if (response.statusCode >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
          span.end();
        });
        await work();
      },
    ),
  );
}
