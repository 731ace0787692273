import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { CONFIG_VARIABLES, parseConfig } from '../../../server/config';

const ROOT = path.resolve(__dirname, '../../..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

interface Service {
  image?: string;
  restart?: string;
  command?: string | string[];
  environment?: Record<string, string>;
  healthcheck?: { test?: string[]; disable?: boolean };
  ports?: string[];
  volumes?: string[];
  secrets?: string[];
  read_only?: boolean;
  depends_on?: Record<string, { condition: string }>;
}

const compose = parse(read('docker-compose.yml'), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
  secrets: Record<string, { file: string }>;
};
const services = Object.entries(compose.services);
const OURS = ['api', 'worker', 'migrate'];
const ONE_SHOT = ['migrate', 'temporal-schema', 'temporal-namespace'];

/** API and worker by logins that own nothing. */
const LOGINS: Record<string, string> = {
  migrate: 'onevisit:b2',
  api: 'onevisit_api_login:d4',
  worker: 'onevisit_worker_login:e5',
};

/** What an operator writes into docker/site.env. */
const SITE = {
  POSTGRES_PASSWORD: 'a1',
  ONEVISIT_DB_PASSWORD: 'b2',
  ONEVISIT_API_DB_PASSWORD: 'd4',
  ONEVISIT_WORKER_DB_PASSWORD: 'e5',
  TEMPORAL_DB_PASSWORD: 'c3',
  SIGN_IN_KEY: `${'A'.repeat(43)}=`,
  PUBLIC_URL: 'https://onevisit.example.gov.cn',
  SMTP_URL: 'smtp://mailpit:1025',
  MAIL_FROM: '一次查 <noreply@example.gov.cn>',
};

/** Compose's interpolation, as far as our file uses it; a required variable that is missing throws its message. */
function interpolate(text: string, env: Readonly<Record<string, string>>): string {
  return text.replace(
    /\$\{(\w+)(?::([-?])([^}]*))?\}/g,
    (_match, name: string, kind?: string, rest?: string) => {
      const value = env[name];
      if (value) return value;
      if (kind === '?') throw new Error(`${name}: ${rest ?? ''}`);
      return rest ?? '';
    },
  );
}

function environmentOf(name: string, env: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(compose.services[name]?.environment ?? {});
  return Object.fromEntries(entries.map(([key, value]) => [key, interpolate(value, env)]));
}

/** Where Compose puts the service's secrets; here a folder with what an operator makes for them. */
const SECRETS = mkdtempSync(path.join(os.tmpdir(), 'onevisit-secrets-'));
writeFileSync(
  path.join(SECRETS, 'audit-key'),
  generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }),
);
afterAll(() => rmSync(SECRETS, { recursive: true }));

test.each(OURS)('%s is given only settings that the program knows, and they are valid', (name) => {
  const environment = environmentOf(name, SITE);
  const unknown = Object.keys(environment).filter(
    (variable) => !CONFIG_VARIABLES.includes(variable.replace(/_FILE$/, '')),
  );
  expect(unknown).toEqual([]);
  for (const secret of compose.services[name]?.secrets ?? []) {
    for (const [variable, value] of Object.entries(environment))
      if (value === `/run/secrets/${secret}`) environment[variable] = path.join(SECRETS, secret);
  }
  const { config, problems } = parseConfig(environment, '/app');
  expect(problems).toEqual([]);
  expect(config).toMatchObject({
    databaseUrl: `postgres://${LOGINS[name] ?? ''}@postgres:5432/onevisit`,
    temporalAddress: 'temporal:7233',
    smtpUrl: 'smtp://mailpit:1025',
    secureCookies: true,
  });
});

test('the API listens for other containers, on the port that is published', () => {
  const { config } = parseConfig(environmentOf('api', SITE), '/app');
  expect(config).toMatchObject({ bind: '0.0.0.0', ports: { web: 8100 }, trustProxy: 1 });
  expect(compose.services['api']?.ports?.[0]).toMatch(/:8100$/);
});

test.each(Object.keys(SITE))('without %s nothing starts', (variable) => {
  const text = JSON.stringify(compose);
  expect(() => interpolate(text, SITE)).not.toThrow();
  expect(() => interpolate(text, { ...SITE, [variable]: '' })).toThrow(/set it in docker\/site\.env/);
});

test('no password is written down', () => {
  for (const [name, { environment = {} }] of services) {
    for (const [variable, value] of Object.entries(environment)) {
      if (/PASSWORD$|PWD|SECRET|KEY$/.test(variable)) {
        expect(`${name} ${value}`).toMatch(/ \$\{\w+:(\?set it in docker\/site\.env|-)\}$/);
      }
      expect(value).not.toMatch(/:\/\/[^:]+:(?!\$\{)[^@]*@/);
    }
  }
  expect(read('docker/site.env.example')).toMatch(/^POSTGRES_PASSWORD=$/m);
  for (const kept of ['docker/site.env', ...Object.values(compose.secrets).map(({ file }) => file)])
    expect(read('.gitignore').split('\n')).toContain(kept);
});

test('the key of the audit log reaches who signs, and nobody else', () => {
  const having = services.filter(([, { secrets = [] }]) => secrets.includes('audit-key'));
  expect(having.map(([name]) => name)).toEqual(['worker']);
  expect(compose.services['worker']?.environment).toMatchObject({
    AUDIT_KEY_FILE: '/run/secrets/audit-key',
    AUDIT_FOLDER: '/var/lib/onevisit-audit',
  });
  expect(compose.services['worker']?.volumes).toContain('audit:/var/lib/onevisit-audit');
});

test('the example names every variable, and every variable it names is used', () => {
  const used = new Set([...read('docker-compose.yml').matchAll(/\$\{(\w+)/g)].map((match) => match[1]));
  const named = [...read('docker/site.env.example').matchAll(/^#?([A-Z_]+)=/gm)].map((match) => match[1]);
  expect(named.sort()).toEqual([...used].sort());
});

test('what runs for long restarts by itself and is checked; what runs once does neither', () => {
  for (const [name, service] of services) {
    const expected = ONE_SHOT.includes(name) ? 'no' : 'unless-stopped';
    expect(`${name} ${service.restart ?? ''}`).toBe(`${name} ${expected}`);
    if (!ONE_SHOT.includes(name)) expect(service.healthcheck?.test?.[0]).toBe('CMD');
  }
});

test('each service waits for what it needs: healthy where it lasts, finished where it runs once', () => {
  for (const [, { depends_on = {} }] of services) {
    for (const [needed, { condition }] of Object.entries(depends_on)) {
      expect(Object.keys(compose.services)).toContain(needed);
      const expected = ONE_SHOT.includes(needed) ? 'service_completed_successfully' : 'service_healthy';
      expect(`${needed} ${condition}`).toBe(`${needed} ${expected}`);
    }
  }
});

test('ports are open to this machine only, images are pinned, volumes are named', () => {
  for (const [name, { ports = [], image = '', volumes = [] }] of services) {
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    if (!OURS.includes(name)) expect(image).toMatch(/:v?\d+(\.\d+)*$/);
    for (const volume of volumes) {
      const source = volume.split(':')[0] ?? '';
      if (source.startsWith('./')) expect(existsSync(path.join(ROOT, source))).toBe(true);
      else expect(Object.keys(compose.volumes)).toContain(source);
    }
  }
});

describe('the image', () => {
  const dockerfile = read('Dockerfile');
  const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;

  test('is built by the steps that developers run', () => {
    const steps = [...dockerfile.matchAll(/^RUN (.*)$/gm)].map((match) => match[1]);
    expect(steps.slice(0, 2)).toEqual(['npm ci', 'npm run build']);
    expect(scripts['build']).toBe('node tools/build.mjs');
  });

  test('runs without rights, from the second stage on only what a site needs', () => {
    const final = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
    expect(final.lastIndexOf('\nUSER node')).toBeGreaterThan(final.lastIndexOf('\nCOPY'));
    expect(final).not.toMatch(/COPY \./);
    for (const name of OURS) expect(compose.services[name]?.read_only).toBe(true);
  });

  test('carries the programs that the services start and the checks they run', () => {
    const commands = OURS.map((name) => compose.services[name]?.command).flat();
    for (const program of commands.filter((word) => word !== 'node')) {
      const source = (program ?? '').replace(/^dist\//, '').replace(/\.js$/, '.ts');
      expect(`${source} ${existsSync(path.join(ROOT, source))}`).toBe(`${source} true`);
    }
    for (const check of ['docker/api-health.cjs', 'docker/worker-health.cjs']) {
      expect(dockerfile).toContain(check);
      expect(existsSync(path.join(ROOT, check))).toBe(true);
    }
  });

  test('is built from a context that has what it copies, and no secrets', () => {
    const lines = read('.dockerignore').split('\n');
    expect(lines).toContain('*');
    for (const needed of ['package.json', 'package-lock.json', 'tsconfig.json', 'LICENSE', 'tools', 'web']) {
      expect(lines).toContain(`!${needed}`);
    }
    expect(lines.filter((line) => line.startsWith('!docker'))).toEqual(['!docker/*.cjs']);
  });
});
