import type { Config } from './config';

/** How every process of ours reaches Temporal. */
export function temporalConnection(config: Config, address: string) {
  return {
    address,
    ...(config.temporalTls || config.temporalApiKey !== null ? { tls: true } : {}),
    ...(config.temporalApiKey === null ? {} : { apiKey: config.temporalApiKey }),
  };
}
