import type { Config } from './config';
import { signInEnvironment } from './config-sign-in';

const yesNo = (value: boolean): string => (value ? 'yes' : 'no');

/** The environment that makes a child process read this same configuration. */
export function configEnvironment(config: Config): Record<string, string> {
  return {
    ONEVISIT_HOME: config.home,
    ONEVISIT_BIND: config.bind,
    ONEVISIT_PORT: String(config.ports.web),
    ONEVISIT_CACHE: config.cacheDir,
    ONEVISIT_SEED: config.seed,
    DATABASE_URL: config.databaseUrl ?? '',
    DATABASE_OWNER_URL: config.databaseOwnerUrl ?? '',
    DATABASE_POOL_MAX: String(config.databasePoolMax),
    TEMPORAL_ADDRESS: config.temporalAddress ?? '',
    TEMPORAL_NAMESPACE: config.temporalNamespace,
    TEMPORAL_TLS: yesNo(config.temporalTls),
    TEMPORAL_API_KEY: config.temporalApiKey ?? '',
    SMTP_URL: config.smtpUrl ?? '',
    MAIL_FROM: config.mailFrom,
    MAIL_RATE: String(config.mailRate?.perSecond ?? ''),
    MAIL_BURST: String(config.mailRate?.burst ?? ''),
    MAIL_REPORTS_IMAP_URL: config.mailReports?.imapUrl ?? '',
    MAIL_REPORTS_ADDRESS: config.mailReports?.address ?? '',
    MESSENGER_WEBHOOK_URL: config.messenger?.url ?? '',
    MESSENGER_WEBHOOK_SECRET: config.messenger?.secret ?? '',
    DELIVERY_WEBHOOK_URL: config.deliveryWebhook?.url ?? '',
    DELIVERY_WEBHOOK_SECRET: config.deliveryWebhook?.secret ?? '',
    PUBLIC_URL: config.publicUrl,
    EVIDENCE_FOLDER: config.evidenceFolder,
    EVIDENCE_BUCKET_URL: config.evidenceBucketUrl ?? '',
    EVIDENCE_FILE_MB: String(config.evidenceFileMb),
    EVIDENCE_VISIT_MB: String(config.evidenceVisitMb),
    EVIDENCE_TYPES: config.evidenceTypes.join(','),
    EVIDENCE_KEEP_ORIGINALS: yesNo(config.evidenceKeepsOriginals),
    AUDIT_KEY: config.auditKey ?? '',
    AUDIT_FOLDER: config.auditFolder,
    EXCHANGE_FOLDER: config.exchangeFolder ?? '',
    BULLETIN_DAY: String(config.bulletinTime.day),
    BULLETIN_HOUR: String(config.bulletinTime.hour),
    SESSION_HOURS: String(config.sessionHours),
    ...signInEnvironment(config.signIn),
    SECURE_COOKIES: yesNo(config.secureCookies),
    REQUIRE_TLS: yesNo(config.requireTls),
    TRUST_PROXY: String(config.trustProxy),
    LOG_LEVEL: config.logLevel,
    METRICS_PORT: String(config.metrics?.port ?? ''),
    METRICS_BIND: config.metrics?.bind ?? '',
    OTEL_EXPORTER_OTLP_ENDPOINT: config.tracesTo ?? '',
    BACKUP_FOLDER: config.backupFolder ?? '',
  };
}
