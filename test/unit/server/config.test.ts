import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CONFIG_VARIABLES, parseConfig } from '../../../server/config';

const example = readFileSync(path.join(__dirname, '../../../.env.example'), 'utf8');

test('.env.example documents exactly the variables that are read', () => {
  const listed = [...example.matchAll(/^#?([A-Z_]+)=/gm)].map((match) => match[1]);
  expect(listed.sort()).toEqual([...CONFIG_VARIABLES].sort());
});

test('every problem is named at once, with its variable and value', () => {
  const { problems } = parseConfig(
    { ONEVISIT_PORT: 'http', DATABASE_URL: 'mysql://x', LOG_LEVEL: 'loud' },
    '/',
  );
  expect(problems.map(({ variable }) => variable)).toEqual([
    'ONEVISIT_PORT=http',
    'DATABASE_URL=(…)',
    'LOG_LEVEL=loud',
  ]);
});

test('empty variables count as not set, and addresses follow the base port', () => {
  const { config } = parseConfig({ ONEVISIT_PORT: '9000', DATABASE_URL: '' }, '/srv');
  expect(config).toMatchObject({
    home: '/srv/.onevisit',
    databaseUrl: null,
    publicUrl: 'http://localhost:9000',
    ports: { web: 9000, mailPage: 9001, smtp: 9002, postgres: 9003, temporal: 9004, temporalUi: 9005 },
  });
});

test('a secret may lie in a file; a missing file is a problem', () => {
  const file = path.join(__dirname, 'no-such-file');
  const { problems } = parseConfig({ SMTP_URL_FILE: file }, '/');
  expect(problems).toHaveLength(1);
  expect(problems[0]?.variable).toBe('SMTP_URL_FILE');
});
