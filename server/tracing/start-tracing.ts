import type { Config } from '../config';

/** Sends spans where the configuration says; resolves to what sends the last ones. Nothing is loaded where it says nothing. */
export async function startTracing(
  { tracesTo }: Config,
  service: 'onevisit-api' | 'onevisit-worker',
): Promise<() => Promise<void>> {
  if (tracesTo === null) return () => Promise.resolve();
  // The SDK reads the service's name from here, where the operator has not set one.
  process.env['OTEL_SERVICE_NAME'] ??= service;
  const [{ BatchSpanProcessor, NodeTracerProvider }, { OTLPTraceExporter }, { resourceFromAttributes }] =
    await Promise.all([
      import('@opentelemetry/sdk-trace-node'),
      import('@opentelemetry/exporter-trace-otlp-http'),
      import('@opentelemetry/resources'),
    ]);
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': process.env['OTEL_SERVICE_NAME'] }),
    spanProcessors: [
      new BatchSpanProcessor(new OTLPTraceExporter({ url: `${tracesTo}/v1/traces` }), {
        scheduledDelayMillis: 1000,
      }),
    ],
  });
  provider.register();
  // A collector that is away is no reason to fail.
  return () => provider.shutdown().catch(() => undefined);
}
