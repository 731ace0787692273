/** What a worker measures: its activities, and what Temporal's SDK knows of slots, polls and the time tasks waited. */
import type { ActivityInterceptorsFactory, RuntimeOptions } from '@temporalio/worker';
import type { Config } from '../config';
import { assertPortFree } from '../ports';
import type { Instruments } from './instruments';

export const countActivities =
  (instruments: Instruments): ActivityInterceptorsFactory =>
  ({ info }) => ({
    inbound: {
      execute: async (input, next) => {
        const began = performance.now();
        const done = (outcome: 'done' | 'failed') => {
          instruments.activityDone(info.activityType, outcome, (performance.now() - began) / 1000);
        };
        try {
          const result = await next(input);
          done('done');
          return result;
        } catch (error) {
          done('failed');
          throw error;
        }
      },
    },
  });

/** The SDK serves its metrics itself; where its port is taken, the worker goes on without. */
export async function sdkTelemetry({ metrics }: Config): Promise<Pick<RuntimeOptions, 'telemetryOptions'>> {
  if (!metrics) return {};
  const port = metrics.port + 2;
  try {
    await assertPortFree(port, metrics.bind, { chinese: 'Temporal SDK 指标', english: 'metrics of the SDK' });
  } catch (error) {
    console.error((error as Error).message);
    return {};
  }
  const host = metrics.bind.includes(':') ? `[${metrics.bind}]` : metrics.bind;
  return { telemetryOptions: { metrics: { prometheus: { bindAddress: `${host}:${String(port)}` } } } };
}
