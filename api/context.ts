import type { Knex } from 'knex';
import type { Logger } from 'pino';
import type { Renderer } from '../documents/render';
import type { DeliveryKind } from '../domain/deliveries/target';
import type { Role } from '../domain/roles';
import type { PasswordPolicy } from '../domain/sign-in/password-policy';
import type { EvidencePolicy } from '../evidence/receive';
import type { EvidenceStore } from '../evidence/store';
import type { CampaignGateway } from './campaign-gateway';
import type { RateLimits } from './middleware/rate-limit';

/** What handlers work with. */
export interface ApiContext {
  db: Knex;
  now: () => Date;
  settings: ApiSettings;
  campaigns: CampaignGateway;
  evidence: { store: EvidenceStore; policy: EvidencePolicy };
  /** Makes files of documents. */
  renderDocument: Renderer;
  log: Logger;
  /** Told of each answer, for who measures. */
  served?: (request: ServedRequest) => void;
}

export interface ServedRequest {
  /** Its id in the contract, never a path, which may name somebody; `page` for all else. */
  endpoint: string;
  method: string;
  status: number;
  seconds: number;
}

export interface ApiSettings {
  /** Without a trailing slash. */
  publicUrl: string;
  sessionHours: number;
  signIn: SignInSettings;
  secureCookies: boolean;
  trustProxy: number;
  /** Whether notices go to the city's own messenger too. */
  hasMessenger: boolean;
  /** By which ways published results can leave for other systems. */
  deliveryKinds: readonly DeliveryKind[];
  rateLimits: RateLimits;
  version: string;
  /** Folder of the built web pages; null where another server serves them. */
  webDir: string | null;
}

/** What docs/security/sign-in.md explains. */
export interface SignInSettings {
  /** A session that nobody uses for so long ends. */
  idleMinutes: number;
  passwords: PasswordPolicy;
  secondFactor: {
    /** What secrets are sealed with, the first one; the others still open. None: nobody can set up a second factor. */
    keys: readonly Buffer[];
    /** Who holds one of these does nothing without a second factor. */
    roles: readonly Role[];
  };
  /** The city's own identity provider (OpenID Connect); null: there is none. */
  provider: ProviderSettings | null;
}

export interface ProviderSettings {
  issuer: string;
  clientId: string;
  /** null: PKCE alone shows that the one who asks is the one who began. */
  clientSecret: string | null;
  /** What its button is called. */
  label: string;
  /** The claim that is the user name here, by which people are linked without asking; null: each links their own account. */
  usernameClaim: string | null;
  /** Values of `acr` or `amr` by which the provider's sign-in counts as two factors. */
  twoFactors: readonly string[];
}
