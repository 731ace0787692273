import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CONFIG_VARIABLES, parseConfig } from '../../../server/config';
import { configEnvironment } from '../../../server/config-environment';

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

describe('the identity provider', () => {
  const given = { OIDC_ISSUER: 'https://login.example.gov.cn', OIDC_CLIENT_ID: 'onevisit' };
  const wrong = (change: Record<string, string>) =>
    parseConfig({ ...given, ...change }, '/').problems.map(({ variable }) => variable.split('=')[0]);

  test('is set by issuer and client together, and reaches the processes that the supervisor starts', () => {
    expect(parseConfig({}, '/').config?.signIn.provider).toBeNull();
    expect(wrong({ OIDC_CLIENT_ID: '' })).toEqual(['OIDC_CLIENT_ID']);
    expect(wrong({ OIDC_ISSUER: '' })).toEqual(['OIDC_ISSUER']);
    const { config } = parseConfig({ ...given, OIDC_TWO_FACTORS: 'mfa, otp', OIDC_CLIENT_SECRET: 's' }, '/');
    expect(config?.signIn.provider).toEqual({
      issuer: 'https://login.example.gov.cn',
      clientId: 'onevisit',
      clientSecret: 's',
      label: '统一身份认证',
      usernameClaim: null,
      twoFactors: ['mfa', 'otp'],
    });
    expect(config && parseConfig(configEnvironment(config), '/').config?.signIn).toEqual(config?.signIn);
  });

  test('is spoken to by https alone, but for one on this machine', () => {
    expect(wrong({ OIDC_ISSUER: 'http://login.example.gov.cn' })).toEqual(['OIDC_ISSUER']);
    expect(wrong({ OIDC_ISSUER: 'http://127.0.0.1:9000' })).toEqual([]);
  });

  test('names nobody by what people can change themselves', () => {
    expect(wrong({ OIDC_USERNAME_CLAIM: 'email' })).toEqual(['OIDC_USERNAME_CLAIM']);
    expect(wrong({ OIDC_USERNAME_CLAIM: 'preferred_username' })).toEqual([]);
  });
});
