import type { Config, ConfigProblem } from './config';

/**
 * Which connections would reach another machine unencrypted, or without its certificate being checked: with REQUIRE_TLS no
 * process starts on them (ASVS 5.0 12.2.1, 12.3.1 to 12.3.3; GB/T 22239-2019 8.1.2.2).
 */
export function unencrypted(
  config: Config,
  env: Readonly<Record<string, string | undefined>>,
): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const demand = (variable: string, isSafe: boolean, chinese: string, english: string) => {
    if (!isSafe) problems.push({ variable, message: `REQUIRE_TLS=yes：${chinese} / ${english}` });
  };
  const byHttps = (variable: string, url: string | null) => {
    demand(
      variable,
      url === null || staysHere(url) || url.startsWith('https:'),
      '应为 https 地址',
      'must be an https URL',
    );
  };
  demand(
    'PUBLIC_URL',
    config.publicUrl.startsWith('https:') && config.secureCookies,
    '网址应为 https，且不可用 SECURE_COOKIES=no',
    'must be an https URL, without SECURE_COOKIES=no',
  );
  for (const [variable, url] of [
    ['DATABASE_URL', config.databaseUrl],
    ['DATABASE_OWNER_URL', config.databaseOwnerUrl],
  ] as const)
    demand(
      variable,
      url === null || staysHere(url) || checksDatabase(url),
      '应含 sslmode=verify-full（城市自有根证书用 sslrootcert 指明）',
      "must have sslmode=verify-full (and sslrootcert for a city's own authority)",
    );
  demand(
    'SMTP_URL',
    config.smtpUrl === null || staysHere(config.smtpUrl) || checksMail(config.smtpUrl),
    '应为 smtps 地址，或含 requireTLS=true，且校验证书',
    'must be an smtps URL or have requireTLS=true, with certificates checked',
  );
  const reports = config.mailReports?.imapUrl ?? null;
  demand(
    'MAIL_REPORTS_IMAP_URL',
    reports === null || staysHere(reports) || reports.startsWith('imaps:'),
    '应为 imaps 地址',
    'must be an imaps URL',
  );
  demand(
    'TEMPORAL_TLS',
    config.temporalAddress === null ||
      config.temporalTls ||
      config.temporalApiKey !== null ||
      staysHere(`tcp://${config.temporalAddress}`),
    '应为 yes',
    'must be yes',
  );
  byHttps('MESSENGER_WEBHOOK_URL', config.messenger?.url ?? null);
  byHttps('DELIVERY_WEBHOOK_URL', config.deliveryWebhook?.url ?? null);
  byHttps('EVIDENCE_BUCKET_URL', config.evidenceBucketUrl);
  byHttps('OTEL_EXPORTER_OTLP_ENDPOINT', config.tracesTo);
  demand(
    'NODE_TLS_REJECT_UNAUTHORIZED',
    env['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0',
    '不可为 0：那样不校验任何证书',
    'must not be 0: no certificate would be checked',
  );
  return problems;
}

/** This machine's own addresses, and sockets in its folders. */
export function staysHere(url: string): boolean {
  const { hostname, searchParams } = new URL(url);
  const host = searchParams.get('host') ?? decodeURIComponent(hostname).replace(/^\[|\]$/g, '');
  return host === '' || host === 'localhost' || host === '::1' || /^(127\.\d+\.\d+\.\d+$|\/)/.test(host);
}

const checksDatabase = (url: string): boolean => new URL(url).searchParams.get('sslmode') === 'verify-full';

function checksMail(url: string): boolean {
  const { protocol, searchParams } = new URL(url);
  const isEncrypted = protocol === 'smtps:' || searchParams.get('requireTLS') === 'true';
  return isEncrypted && searchParams.get('tls.rejectUnauthorized') !== 'false';
}
