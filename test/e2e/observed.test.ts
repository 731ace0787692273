/** The processes of a site as who operates it sees them: metrics, traces from request to mail, lines in the logs. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { SupervisedChild } from '../../server/supervisor/supervised-child';
import { caller, cookieOf } from '../integration/api/support';
import { buildCampaign } from '../support/build-campaign';
import { buildCity, PASSWORD } from '../support/build-city';
import { testDatabase, type TestDatabase } from '../support/database';
import { freePorts } from '../support/free-ports';
import { testSmtp, type TestSmtp } from '../support/smtp';
import { devServer } from '../support/temporal';
import { traceReceiver } from '../support/trace-receiver';
import { until } from '../support/until';

const DIST = path.join(__dirname, '../../dist/server');

let home: string;
let database: TestDatabase;
let temporal: TestWorkflowEnvironment;
let smtp: TestSmtp;
let collector: Awaited<ReturnType<typeof traceReceiver>>;
let url: string;
let metricsPort: number;
const children: SupervisedChild[] = [];

beforeAll(async () => {
  home = mkdtempSync(path.join(os.tmpdir(), 'onevisit-observed-'));
  [database, temporal, smtp, collector] = await Promise.all([
    testDatabase(),
    devServer(),
    testSmtp(),
    traceReceiver(),
  ]);
  const [web] = await freePorts(1);
  metricsPort = await threeInARow();
  url = `http://127.0.0.1:${web}`;
  const env = {
    ...Object.fromEntries(Object.entries(process.env).map(([name, value]) => [name, value ?? ''])),
    ONEVISIT_HOME: home,
    ONEVISIT_PORT: String(web),
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: temporal.client.options.namespace,
    SMTP_URL: smtp.url,
    METRICS_PORT: String(metricsPort),
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    LOG_LEVEL: 'debug',
  };
  for (const name of ['worker', 'api']) {
    const child = new SupervisedChild({
      ...{ name, label: name, env, stopTimeoutMs: 10_000 },
      file: path.join(DIST, `${name}.js`),
      logFile: logOf(name),
      print: () => undefined,
      onReady: () => undefined,
    });
    children.push(child);
    await child.start();
  }
}, 120_000);

afterAll(async () => {
  for (const child of children) child.expectEnd();
  await Promise.all(children.map((child) => child.stop()));
  await Promise.all([temporal.teardown(), smtp.stop(), collector.stop()]);
  await database.drop();
  rmSync(home, { recursive: true, force: true });
}, 60_000);

const logOf = (name: string) => path.join(home, `${name}.log`);

async function threeInARow(): Promise<number> {
  for (;;) {
    const [port = 0] = await freePorts(1);
    const free = await Promise.all(
      [1, 2].map(
        (offset) =>
          new Promise<boolean>((resolve) => {
            const server = createServer().once('error', () => resolve(false));
            server.listen(port + offset, '127.0.0.1', () => server.close(() => resolve(true)));
          }),
      ),
    );
    if (free.every(Boolean)) return port;
  }
}

const scrape = async (offset: number): Promise<string> => {
  const response = await fetch(`http://127.0.0.1:${metricsPort + offset}/metrics`);
  expect(response.status).toBe(200);
  return response.text();
};

let requestId = '';

test('a submitted campaign is one trace, from the request through workflow and activity to the mail', async () => {
  const city = await buildCity(database.db);
  const code = await buildCampaign(database.db, city);
  const signedIn = await caller(url, null).call('signIn', { body: { username: 'lead', password: PASSWORD } });
  const lead = caller(url, cookieOf(signedIn.headers));
  const answered = await lead.call('submitCampaign', { params: { code } });
  expect(answered.status).toBe(200);
  requestId = answered.headers.get('x-request-id') ?? '';
  const spansOfRequest = await until(
    () => {
      const root = collector.spans.find((span) => span.attributes['onevisit.request_id'] === requestId);
      return Promise.resolve(collector.spans.filter((span) => span.traceId === root?.traceId));
    },
    (seen) =>
      ['submitCampaign', 'submit', 'send mail'].every((name) => seen.some((span) => span.name === name)),
  );
  const of = (name: string) => spansOfRequest.find((span) => span.name === name);
  expect(of('submitCampaign')).toMatchObject({ service: 'onevisit-api', parentSpanId: '' });
  expect(of('submit')).toMatchObject({
    service: 'onevisit-worker',
    parentSpanId: of('submitCampaign')?.spanId,
    attributes: { 'temporal.workflow_id': `campaign/${code}`, 'onevisit.request_id': requestId },
  });
  expect(of('deliverNotices')).toMatchObject({ service: 'onevisit-worker' });
  expect(of('send mail')).toMatchObject({ parentSpanId: of('deliverNotices')?.spanId });
  const sent = smtp.mails.find(
    ({ messageId }) => messageId === of('send mail')?.attributes['onevisit.message_id'],
  );
  expect(sent?.text).toContain(code);
}, 90_000);

test('the log of the worker names the request and the workflow of what it did', () => {
  const lines = readFileSync(logOf('worker'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const own = lines.filter((line) => line['requestId'] === requestId && line['activity'] === 'submit');
  expect(own.map(({ workflow }) => String(workflow).split('/')[0])).toEqual(['campaign']);
});

test('metrics name endpoints, never paths, and every process has its own', async () => {
  const [api, worker, sdk] = await Promise.all([scrape(0), scrape(1), scrape(2)]);
  expect(api).toMatch(
    /onevisit_http_request_seconds_count\{(?=[^}]*endpoint="submitCampaign")(?=[^}]*status="200")[^}]*\} 1/,
  );
  expect(api).not.toContain('/campaigns');
  expect(api).toMatch(/^onevisit_database_up\{service="api"\} 1$/m);
  expect(api).toMatch(/^onevisit_audit_head\{service="api"\} [1-9]/m);
  expect(api).not.toMatch(/^onevisit_backup_age_seconds\{/m);
  expect(worker).toMatch(
    /onevisit_activity_seconds_count\{(?=[^}]*activity="submit")(?=[^}]*outcome="done")[^}]*\} 1/,
  );
  expect(worker).toMatch(/onevisit_mail_attempts_total\{(?=[^}]*answer="taken")[^}]*\} [1-9]/);
  expect(sdk).toMatch(/^temporal_worker_task_slots_available\{[^}]*worker_type="ActivityWorker"/m);
});

test('of all that its address knows, only the metrics are shown', async () => {
  const others = await Promise.all(
    ['/', '/metrics/x', '/healthz'].map((where) => fetch(`http://127.0.0.1:${metricsPort}${where}`)),
  );
  expect(others.map(({ status }) => status)).toEqual([404, 404, 404]);
  expect((await fetch(`${url}/metrics`)).headers.get('content-type')).not.toContain('openmetrics');
  expect((await fetch(`${url}/api/v1/metrics`)).status).toBe(404);
});
