import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import dotenv from 'dotenv';
import { z } from 'zod';
import type { SignInSettings } from '../api/context';
import { ALL_EVIDENCE_TYPES, type EvidenceType } from '../domain/evidence/types';
import { signInOf, signInProblems, signInVariables } from './config-sign-in';
import { flag, url, whole } from './config-values';
import { unencrypted } from './require-tls';

/** Everything that can be set from outside; `.env.example` documents each variable. */
export interface Config {
  /** Folder of the embedded services' data, mails and logs. Absolute. */
  home: string;
  bind: string;
  ports: Ports;
  /** null: the embedded part is used (see connections.ts). */
  databaseUrl: string | null;
  /** Who owns the tables, where API and worker have logins of their own; null: the same as theirs. */
  databaseOwnerUrl: string | null;
  databasePoolMax: number;
  temporalAddress: string | null;
  temporalNamespace: string;
  temporalTls: boolean;
  temporalApiKey: string | null;
  smtpUrl: string | null;
  mailFrom: string;
  /** How many mails a second the server takes; null: no limit. */
  mailRate: { perSecond: number; burst: number } | null;
  /** Where servers report what became of mails, and its address; null: nobody reads it. */
  mailReports: { imapUrl: string; address: string } | null;
  /** The city's own messenger, and the key that what it gets is signed with; null: none. */
  messenger: { url: string; secret: string } | null;
  /** The system that published results are posted to, and the key that they are signed with; null: none. */
  deliveryWebhook: { url: string; secret: string } | null;
  /** Networks that are no public ones, where the two addresses above may lie all the same. */
  webhookNetworks: readonly string[];
  /** Without a trailing slash. */
  publicUrl: string;
  /** Photos and files of visits. Absolute. */
  evidenceFolder: string;
  /** In a bucket of an S3-compatible store in place of the folder; with its key and secret. */
  evidenceBucketUrl: string | null;
  evidenceFileMb: number;
  evidenceVisitMb: number;
  evidenceTypes: EvidenceType[];
  evidenceKeepsOriginals: boolean;
  /** Signs the audit log's checkpoints, PEM; null: a key in the home folder, made up once. */
  auditKey: string | null;
  /** Where what was signed is kept apart from the database. Absolute. */
  auditFolder: string;
  /** Who gets what was signed by mail each day; null: nobody. */
  auditWitness: string | null;
  /** By which files are exchanged with other systems; null: none. Absolute. */
  exchangeFolder: string | null;
  /** When bulletins of the month, quarter and year before are drafted: day of the month, hour in Asia/Shanghai. */
  bulletinTime: { day: number; hour: number };
  sessionHours: number;
  signIn: SignInSettings;
  secureCookies: boolean;
  /** Whether no process starts while a connection to another machine is unencrypted. */
  requireTls: boolean;
  trustProxy: number;
  /** Calls a minute; 0: no limit (api/middleware/rate-limit.ts). */
  rateLimits: { user: number; address: number; publicWrites: number };
  /** How long one statement of the API may take. */
  statementSeconds: number;
  logLevel: string;
  /** Where metrics are read: the API's at this port, the worker's at the next two; null: nowhere. */
  metrics: { bind: string; port: number } | null;
  /** Where traces go (OTLP over HTTP, without a trailing slash); null: nowhere. */
  tracesTo: string | null;
  /** Where the age of the newest backup is read. Absolute; null: nowhere. */
  backupFolder: string | null;
  cacheDir: string;
  seed: 'auto' | 'yes' | 'no' | 'ask';
}

export interface Ports {
  web: number;
  mailPage: number;
  smtp: number;
  postgres: number;
  temporal: number;
  temporalUi: number;
}

export interface ConfigProblem {
  variable: string;
  message: string;
}

/** These may be given as files (`DATABASE_URL_FILE=/run/secrets/…`), the way containers hand over secrets. */
const FROM_FILE = [
  'DATABASE_URL',
  'DATABASE_OWNER_URL',
  'SMTP_URL',
  'MAIL_REPORTS_IMAP_URL',
  'MESSENGER_WEBHOOK_URL',
  'MESSENGER_WEBHOOK_SECRET',
  'DELIVERY_WEBHOOK_URL',
  'DELIVERY_WEBHOOK_SECRET',
  'TEMPORAL_API_KEY',
  'EVIDENCE_BUCKET_URL',
  'AUDIT_KEY',
  'SIGN_IN_KEY',
  'OIDC_CLIENT_SECRET',
] as const;

/** The second one is the former, for the time in which receivers change over. */
const webhookSecret = z.string().regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}(,whsec_[A-Za-z0-9+/]{32,}={0,2})?$/, {
  error:
    '应为 whsec_ 加至少 24 字节的 Base64，如 echo whsec_$(openssl rand -base64 32)；更换期间可写“新,旧”两个 / must be whsec_ and at least 24 bytes in Base64; while it is changed, "new,former"',
});

function isEd25519(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
}

const schema = z.object({
  ONEVISIT_HOME: z.string().default('.onevisit'),
  ONEVISIT_BIND: z
    .union([z.ipv4(), z.ipv6(), z.literal('localhost')], {
      error: '应为 IP 地址，如 127.0.0.1 或 0.0.0.0 / must be an IP address such as 127.0.0.1 or 0.0.0.0',
    })
    .default('127.0.0.1'),
  ONEVISIT_PORT: whole(1, 65_530).default(8100),
  ONEVISIT_CACHE: z.string().optional(),
  ONEVISIT_SEED: z
    .enum(['auto', 'yes', 'no', 'ask'], { error: '应为 auto、yes、no 或 ask / must be auto, yes, no or ask' })
    .default('auto'),
  DATABASE_URL: url(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/onevisit').optional(),
  DATABASE_OWNER_URL: url(
    ['postgres:', 'postgresql:'],
    'postgres://owner:password@host:5432/onevisit',
  ).optional(),
  DATABASE_POOL_MAX: whole(1, 500).default(10),
  TEMPORAL_ADDRESS: z
    .string()
    .regex(/^(\[[0-9a-f:]+\]|[^:/\s]+):\d{1,5}$/i, {
      error: '应为 主机:端口，如 temporal:7233 / must be host:port, such as temporal:7233',
    })
    .optional(),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  TEMPORAL_TLS: flag.default(false),
  TEMPORAL_API_KEY: z.string().optional(),
  SMTP_URL: url(['smtp:', 'smtps:'], 'smtp://user:password@host:587').optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*[^\s@<]+@[^\s@>]+>?$/, {
      error: '应为邮箱地址，如 一次查 <noreply@example.gov.cn> / must be a mail address',
    })
    .default('一次查 <noreply@onevisit.invalid>'),
  MAIL_RATE: whole(1, 10_000).optional(),
  MAIL_BURST: whole(1, 10_000).optional(),
  MAIL_REPORTS_IMAP_URL: url(['imap:', 'imaps:'], 'imaps://user:password@mail.example:993/INBOX').optional(),
  MAIL_REPORTS_ADDRESS: z
    .email({ error: '应为邮箱地址，如 bounces@example.gov.cn / must be a mail address' })
    .optional(),
  MESSENGER_WEBHOOK_URL: url(
    ['http:', 'https:'],
    'https://messenger.example.gov.cn/hooks/onevisit',
  ).optional(),
  MESSENGER_WEBHOOK_SECRET: webhookSecret.optional(),
  DELIVERY_WEBHOOK_URL: url(['http:', 'https:'], 'https://credit.example.gov.cn/hooks/onevisit').optional(),
  DELIVERY_WEBHOOK_SECRET: webhookSecret.optional(),
  WEBHOOK_NETWORKS: z
    .string()
    .transform((text) => text.split(',').map((one) => one.trim()))
    .pipe(
      z.array(
        z.union([z.cidrv4(), z.cidrv6()], {
          error: '应为网段，用逗号分开，如 10.20.0.0/16 / must be networks with commas, such as 10.20.0.0/16',
        }),
      ),
    )
    .optional(),
  PUBLIC_URL: url(['http:', 'https:'], 'https://onevisit.example.gov.cn').optional(),
  EVIDENCE_FOLDER: z.string().optional(),
  EVIDENCE_BUCKET_URL: url(['http:', 'https:'], 'https://key:secret@s3.example:9000/bucket')
    .refine(
      (text) => {
        // What is no address at all has been said; a failure here would be shown with the secret in it.
        if (!URL.canParse(text)) return true;
        const { username, password, pathname } = new URL(text);
        return username !== '' && password !== '' && /^\/[^/]+\/?$/.test(pathname);
      },
      {
        error:
          '须含密钥和存储桶 / must hold key, secret and bucket: https://key:secret@s3.example:9000/bucket',
      },
    )
    .optional(),
  EVIDENCE_FILE_MB: whole(1, 2000).default(50),
  EVIDENCE_VISIT_MB: whole(1, 20_000).default(500),
  EVIDENCE_TYPES: z
    .string()
    .default(ALL_EVIDENCE_TYPES.join(','))
    .transform((text) => text.split(',').map((one) => one.trim().toLowerCase()))
    .pipe(
      z.array(
        z.enum(ALL_EVIDENCE_TYPES, {
          error: `应为其中几种，用逗号分开 / must be some of these, with commas: ${ALL_EVIDENCE_TYPES.join(',')}`,
        }),
      ),
    ),
  EVIDENCE_KEEP_ORIGINALS: flag.default(false),
  AUDIT_KEY: z
    .string()
    .refine(isEd25519, {
      error:
        '应为 Ed25519 私钥（PEM），如 openssl genpkey -algorithm ed25519 / must be an Ed25519 private key (PEM)',
    })
    .optional(),
  AUDIT_FOLDER: z.string().optional(),
  AUDIT_WITNESS: z
    .email({ error: '应为邮箱地址，如 jijian@example.gov.cn / must be a mail address' })
    .optional(),
  EXCHANGE_FOLDER: z.string().optional(),
  BULLETIN_DAY: whole(1, 28).default(3),
  BULLETIN_HOUR: whole(0, 23).default(9),
  SESSION_HOURS: whole(1, 720).default(12),
  ...signInVariables,
  SECURE_COOKIES: flag.optional(),
  REQUIRE_TLS: flag.default(false),
  TRUST_PROXY: whole(0, 10).default(0),
  RATE_USER: whole(0, 1_000_000).default(1200),
  RATE_ADDRESS: whole(0, 1_000_000).default(12_000),
  RATE_PUBLIC_WRITES: whole(0, 1_000_000).default(120),
  STATEMENT_SECONDS: whole(1, 3600).default(120),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: '应为 fatal、error、warn、info、debug、trace 或 silent / must be one of these levels',
    })
    .default('info'),
  METRICS_PORT: whole(1, 65_533).optional(),
  METRICS_BIND: z
    .union([z.ipv4(), z.ipv6(), z.literal('localhost')], {
      error: '应为 IP 地址，如 127.0.0.1 或 0.0.0.0 / must be an IP address such as 127.0.0.1 or 0.0.0.0',
    })
    .default('127.0.0.1'),
  OTEL_EXPORTER_OTLP_ENDPOINT: url(['http:', 'https:'], 'http://collector.example:4318').optional(),
  BACKUP_FOLDER: z.string().optional(),
  XDG_CACHE_HOME: z.string().optional(),
});

/** The variables this program reads, for the check against `.env.example`. */
export const CONFIG_VARIABLES: readonly string[] = Object.keys(schema.shape).filter(
  (name) => name !== 'XDG_CACHE_HOME',
);

/** Validates an environment; reads only the files that `…_FILE` variables name. */
export function parseConfig(
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): { config: Config; problems: [] } | { config: null; problems: ConfigProblem[] } {
  const given: Record<string, string> = {};
  const problems: ConfigProblem[] = [];
  for (const name of Object.keys(schema.shape)) {
    // Compose files pass unset variables as empty strings.
    const text = env[name]?.trim();
    if (text) given[name] = text;
  }
  for (const name of FROM_FILE) {
    const file = env[`${name}_FILE`]?.trim();
    if (!file || given[name]) continue;
    try {
      given[name] = readFileSync(path.resolve(cwd, file), 'utf8').trim();
    } catch (error) {
      problems.push({
        variable: `${name}_FILE`,
        message: `读不到文件 / cannot read the file: ${(error as Error).message}`,
      });
    }
  }
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const variable = String(issue.path[0]);
      const value = (FROM_FILE as readonly string[]).includes(variable) ? '(…)' : given[variable];
      problems.push({ variable: `${variable}=${value ?? ''}`, message: issue.message });
    }
  }
  if (parsed.success && !parsed.data.MAIL_REPORTS_IMAP_URL !== !parsed.data.MAIL_REPORTS_ADDRESS) {
    problems.push({
      variable: parsed.data.MAIL_REPORTS_IMAP_URL ? 'MAIL_REPORTS_ADDRESS' : 'MAIL_REPORTS_IMAP_URL',
      message:
        '退信信箱需要同时给出 IMAP 地址与邮箱地址 / a mailbox for reports needs both its IMAP URL and its mail address',
    });
  }
  if (parsed.success && !parsed.data.MESSENGER_WEBHOOK_URL !== !parsed.data.MESSENGER_WEBHOOK_SECRET) {
    problems.push({
      variable: parsed.data.MESSENGER_WEBHOOK_URL ? 'MESSENGER_WEBHOOK_SECRET' : 'MESSENGER_WEBHOOK_URL',
      message:
        '城市通讯工具需要同时给出地址与签名密钥 / a messenger needs both its URL and the secret that signs what it gets',
    });
  }
  if (parsed.success && !parsed.data.DELIVERY_WEBHOOK_URL !== !parsed.data.DELIVERY_WEBHOOK_SECRET) {
    problems.push({
      variable: parsed.data.DELIVERY_WEBHOOK_URL ? 'DELIVERY_WEBHOOK_SECRET' : 'DELIVERY_WEBHOOK_URL',
      message:
        '推送公示结果需要同时给出地址与签名密钥 / deliveries need both the URL and the secret that they are signed with',
    });
  }
  if (parsed.success) problems.push(...signInProblems(parsed.data));
  if (!parsed.success || problems.length > 0) return { config: null, problems };
  const e = parsed.data;
  const base = e.ONEVISIT_PORT;
  const publicHost = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(e.ONEVISIT_BIND)
    ? 'localhost'
    : e.ONEVISIT_BIND;
  const publicUrl = (e.PUBLIC_URL ?? `http://${publicHost}:${String(base)}`).replace(/\/+$/, '');
  const config: Config = {
    home: path.resolve(cwd, e.ONEVISIT_HOME),
    bind: e.ONEVISIT_BIND,
    ports: {
      web: base,
      mailPage: base + 1,
      smtp: base + 2,
      postgres: base + 3,
      temporal: base + 4,
      temporalUi: base + 5,
    },
    databaseUrl: e.DATABASE_URL ?? null,
    databaseOwnerUrl: e.DATABASE_OWNER_URL ?? null,
    databasePoolMax: e.DATABASE_POOL_MAX,
    temporalAddress: e.TEMPORAL_ADDRESS ?? null,
    temporalNamespace: e.TEMPORAL_NAMESPACE,
    temporalTls: e.TEMPORAL_TLS,
    temporalApiKey: e.TEMPORAL_API_KEY ?? null,
    smtpUrl: e.SMTP_URL ?? null,
    mailFrom: e.MAIL_FROM,
    mailRate:
      e.MAIL_RATE === undefined ? null : { perSecond: e.MAIL_RATE, burst: e.MAIL_BURST ?? e.MAIL_RATE },
    mailReports:
      e.MAIL_REPORTS_IMAP_URL && e.MAIL_REPORTS_ADDRESS
        ? { imapUrl: e.MAIL_REPORTS_IMAP_URL, address: e.MAIL_REPORTS_ADDRESS }
        : null,
    messenger:
      e.MESSENGER_WEBHOOK_URL && e.MESSENGER_WEBHOOK_SECRET
        ? { url: e.MESSENGER_WEBHOOK_URL, secret: e.MESSENGER_WEBHOOK_SECRET }
        : null,
    deliveryWebhook:
      e.DELIVERY_WEBHOOK_URL && e.DELIVERY_WEBHOOK_SECRET
        ? { url: e.DELIVERY_WEBHOOK_URL, secret: e.DELIVERY_WEBHOOK_SECRET }
        : null,
    // On a machine of one's own the receiver is there too; a site names its networks.
    webhookNetworks: e.WEBHOOK_NETWORKS ?? (publicUrl.startsWith('https:') ? [] : ['127.0.0.0/8', '::1/128']),
    publicUrl,
    evidenceFolder: path.resolve(cwd, e.EVIDENCE_FOLDER ?? path.join(e.ONEVISIT_HOME, 'evidence')),
    evidenceBucketUrl: e.EVIDENCE_BUCKET_URL ?? null,
    evidenceFileMb: e.EVIDENCE_FILE_MB,
    evidenceVisitMb: e.EVIDENCE_VISIT_MB,
    evidenceTypes: e.EVIDENCE_TYPES,
    evidenceKeepsOriginals: e.EVIDENCE_KEEP_ORIGINALS,
    auditKey: e.AUDIT_KEY ?? null,
    auditFolder: path.resolve(cwd, e.AUDIT_FOLDER ?? path.join(e.ONEVISIT_HOME, 'audit')),
    auditWitness: e.AUDIT_WITNESS ?? null,
    exchangeFolder: e.EXCHANGE_FOLDER === undefined ? null : path.resolve(cwd, e.EXCHANGE_FOLDER),
    bulletinTime: { day: e.BULLETIN_DAY, hour: e.BULLETIN_HOUR },
    sessionHours: e.SESSION_HOURS,
    signIn: signInOf(e),
    secureCookies: e.SECURE_COOKIES ?? publicUrl.startsWith('https:'),
    requireTls: e.REQUIRE_TLS,
    trustProxy: e.TRUST_PROXY,
    rateLimits: { user: e.RATE_USER, address: e.RATE_ADDRESS, publicWrites: e.RATE_PUBLIC_WRITES },
    statementSeconds: e.STATEMENT_SECONDS,
    logLevel: e.LOG_LEVEL,
    metrics: e.METRICS_PORT === undefined ? null : { bind: e.METRICS_BIND, port: e.METRICS_PORT },
    tracesTo: e.OTEL_EXPORTER_OTLP_ENDPOINT?.replace(/\/+$/, '') ?? null,
    backupFolder: e.BACKUP_FOLDER === undefined ? null : path.resolve(cwd, e.BACKUP_FOLDER),
    cacheDir: path.resolve(
      cwd,
      e.ONEVISIT_CACHE ?? path.join(e.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'), 'onevisit'),
    ),
    seed: e.ONEVISIT_SEED,
  };
  const exposed = config.requireTls ? unencrypted(config, env) : [];
  return exposed.length > 0 ? { config: null, problems: exposed } : { config, problems: [] };
}

let loaded: Config | null = null;

/** The process's configuration: `.env` and the environment, read once. Prints what is wrong and exits with 2. */
export function loadConfig(): Config {
  if (loaded) return loaded;
  dotenv.config({ quiet: true });
  const { config, problems } = parseConfig(process.env, process.cwd());
  if (!config) {
    console.error('配置有误 / configuration errors:');
    for (const { variable, message } of problems) console.error(`  ${variable}\n    ${message}`);
    console.error('各变量的说明见 .env.example / each variable is documented in .env.example');
    process.exit(2);
  }
  loaded = config;
  return config;
}
