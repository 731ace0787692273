import { connect } from '../../../db/connect';
import { startTestApi, type TestApi } from '../api/support';

let api: TestApi;

beforeAll(async () => {
  api = await startTestApi();
});

afterAll(() => api.stop());

interface LogLine {
  level: number;
  msg: string;
  requestId?: string;
  refused?: Record<string, unknown>;
}

const WARN = 40;
const ERROR = 50;

const linesOf = (log: readonly string[]): LogLine[] =>
  log
    .join('')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LogLine);

const refusalsOf = (log: readonly string[]): LogLine[] => linesOf(log).filter(({ refused }) => refused);

test('who is refused what they may not do is in the log: who, what, from where, when', async () => {
  const inspector = await api.signedIn('wjw-0001');
  api.log.length = 0;
  const { requestId } = await inspector.refused('createItem', { body: {} });
  expect(refusalsOf(api.log)).toMatchObject([
    {
      level: WARN,
      requestId,
      refused: {
        ...{ status: 403, type: 'wrong-role', endpoint: 'createItem', address: '127.0.0.1' },
        actor: api.city.users['wjw-0001'],
      },
    },
  ]);
});

test('so is who is not signed in, whose page is foreign, and who guesses passwords', async () => {
  const person = await api.signedIn('lead');
  api.log.length = 0;
  await api.nobody.refused('whoAmI');
  await person.refused('signOut', { headers: { origin: 'https://evil.invalid' } });
  await api.nobody.refused('signIn', { body: { username: 'lead', password: 'wrong' } });
  expect(refusalsOf(api.log).map(({ refused }) => refused?.['type'])).toEqual([
    'not-signed-in',
    'foreign-origin',
    'wrong-credentials',
  ]);
});

test('what was wrong is there by its type, and nothing of what was sent', async () => {
  const liaison = await api.signedIn('wjw-liaison');
  api.log.length = 0;
  await liaison.refused('createItem', { body: { code: '张三的身份证 110101199003070000' } });
  await liaison.refused('createItem', { body: '{"name":"张三"' });
  expect(refusalsOf(api.log).map(({ refused }) => refused)).toEqual([
    { status: 422, type: 'invalid-request', endpoint: 'createItem', actor: api.city.users['wjw-liaison'] },
    { status: 400, type: 'bad-json', endpoint: null, actor: null },
  ]);
  expect(api.log.join('')).not.toMatch(/张三|110101/);
});

test('no request writes a line of its own', async () => {
  api.log.length = 0;
  const forged = '{"level":60,"msg":"forged"}';
  await fetch(
    `${api.url}/api/v1/none%0a${encodeURIComponent(forged)}%0d%0a?x=%0a${encodeURIComponent(forged)}`,
    {
      headers: { 'user-agent': `x ${forged}`, 'x-request-id': forged, referer: forged },
    },
  );
  await api.nobody.refused('signIn', { body: { username: `a\n${forged}\n`, password: `\r\n${forged}` } });
  const lines = linesOf(api.log);
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.filter(({ msg }) => msg === 'forged')).toEqual([]);
});

test('an outage is in the log as an error', async () => {
  const gone = connect('postgres://nobody:nothing@127.0.0.1:1/none');
  const cut = await startTestApi({}, gone);
  try {
    await cut.nobody.call('listRegions');
    expect(linesOf(cut.log)).toContainEqual(expect.objectContaining({ level: ERROR, msg: 'request failed' }));
  } finally {
    await cut.stop();
    await gone.destroy();
  }
});
