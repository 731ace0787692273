/** Nobody calls as often, or as slowly, as would keep others from being served. */
import { once } from 'node:events';
import { connect as connectSocket } from 'node:net';
import express from 'express';
import { addressKey, RateLimiter } from '../../../api/middleware/rate-limit';
import { wholeWithin } from '../../../api/middleware/whole-body';
import { problemsHandler } from '../../../api/middleware/problems';
import { connect } from '../../../db/connect';
import { pino } from 'pino';
import { testDatabase } from '../../support/database';
import { startTestApi, type TestApi } from '../api/support';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi({ rateLimits: { user: 5, address: 40, publicWrites: 3 } });
});

afterAll(() => api.stop());

test('a person who calls too often is told when to go on; others are served', async () => {
  const lead = await api.signedIn('lead');
  const registrar = await api.signedIn('registrar');
  const answers = [];
  for (let i = 0; i < 6; i++) answers.push(await lead.call('whoAmI'));
  expect(answers.map((one) => one.status)).toEqual([200, 200, 200, 200, 200, 429]);
  expect(answers[0]?.headers.get('ratelimit-policy')).toBe('"user";q=5;w=60');
  expect(answers[0]?.headers.get('ratelimit')).toBe('"user";r=4;t=12');
  const last = answers.at(-1);
  expect(last?.body).toMatchObject({ type: 'too-many-requests', status: 429 });
  expect(Number(last?.headers.get('retry-after'))).toBeGreaterThan(0);
  await registrar.get('whoAmI');
});

test('who is not signed in may change little, and is heard again from another address', async () => {
  const guess = () => api.nobody.call('signIn', { body: { username: 'no-such', password: 'guess' } });
  const statuses = [];
  for (let i = 0; i < 4; i++) statuses.push((await guess()).status);
  // Two people have signed in from here before.
  expect(statuses).toEqual([401, 429, 429, 429]);
});

test('an address has a limit of its own, whoever calls from there', async () => {
  const statuses = [];
  for (let i = 0; i < 45; i++) statuses.push((await api.nobody.call('listRegions')).status);
  expect(statuses).toContain(429);
});

test('tokens come back evenly, and the table of those who called stays small', () => {
  let now = 0;
  const limiter = new RateLimiter('user', 60, () => now);
  const answer = { setHeader: () => undefined } as never;
  for (let i = 0; i < 60; i++) limiter.take('one', answer);
  expect(() => {
    limiter.take('one', answer);
  }).toThrow('1 秒');
  now = 1000;
  limiter.take('one', answer);
  expect(() => {
    limiter.take('one', answer);
  }).toThrow('请求过于频繁');
  for (let i = 0; i < 60_000; i++) limiter.take(`address ${i}`, answer);
  expect(limiter.size).toBe(50_000);
});

test('of IPv6 the network counts, for a machine may take each address in it', () => {
  expect(addressKey({ ip: '2001:db8:1:2:3:4:5:6' })).toBe('2001:db8:1:2');
  expect(addressKey({ ip: '2001:db8:1:2::9' })).toBe('2001:db8:1:2');
  expect(addressKey({ ip: '2001:db8::1' })).toBe('2001:db8:0:0');
  expect(addressKey({ ip: '::1' })).toBe('0:0:0:0');
  expect(addressKey({ ip: '::ffff:10.1.2.3' })).toBe('10.1.2.3');
  expect(addressKey({ ip: '10.1.2.3' })).toBe('10.1.2.3');
});

test('who sends a small body drop by drop is told, and loses the connection', async () => {
  const app = express();
  app.post('/', wholeWithin(50), express.json(), (_request, response) => {
    response.json('whole');
  });
  app.use(problemsHandler(pino({ level: 'silent' })));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connectSocket((server.address() as { port: number }).port, '127.0.0.1');
  socket.write(
    'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"a":',
  );
  const heard: Buffer[] = [];
  socket.on('data', (part: Buffer) => heard.push(part));
  await once(socket, 'close');
  server.close();
  const answer = Buffer.concat(heard).toString();
  expect(answer).toMatch(/^HTTP\/1\.1 408 /);
  expect(answer).toContain('body-too-slow');
});

test('a statement that takes too long is broken off, and so is a transaction that is left open', async () => {
  const database = await testDatabase();
  const limited = connect(database.url, { statementMs: 100 });
  await expect(limited.raw('select pg_sleep(60)')).rejects.toMatchObject({ code: '57014' });
  const { rows } = await limited.raw<{ rows: unknown[] }>('show idle_in_transaction_session_timeout');
  expect(rows).toEqual([{ idle_in_transaction_session_timeout: '100ms' }]);
  await limited.destroy();
  await database.drop();
});
