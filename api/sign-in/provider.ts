/** The city's own identity provider, by OpenID Connect: the protocol alone, nothing of our accounts. */
import * as oidc from 'openid-client';
import { DomainError } from '../../domain/errors';
import type { ProviderSettings } from '../context';

/** What the browser is sent to the provider with, and what its answer is held against. */
export interface Asked {
  url: string;
  state: string;
  nonce: string;
  verifier: string;
}

/** Who the provider says that it is. */
export interface Told {
  issuer: string;
  subject: string;
  /** Whether by the site's setting its sign-in stands for two factors. */
  hasSecondFactor: boolean;
  /** When the person gave a factor there; null where it does not tell. */
  provenAt: Date | null;
  /** A claim that is a text, from the ID token or else from the provider's own page about the person. */
  claim: (name: string) => Promise<string | null>;
}

/** Within this time somebody who has to show once more who they are must have done so at the provider. */
const PROOF_SECONDS = 300;

const TIMEOUT_SECONDS = 10;

const known = new WeakMap<ProviderSettings, Promise<oidc.Configuration>>();

/** Asked for at the first use, so that OneVisit starts while the provider is away. */
function configurationOf(provider: ProviderSettings): Promise<oidc.Configuration> {
  let found = known.get(provider);
  if (!found) {
    found = discover(provider);
    known.set(provider, found);
    found.catch(() => known.delete(provider));
  }
  return found;
}

async function discover({ issuer, clientId, clientSecret }: ProviderSettings): Promise<oidc.Configuration> {
  const address = new URL(issuer);
  try {
    return await oidc.discovery(
      address,
      clientId,
      {},
      clientSecret === null ? oidc.None() : bySecret(clientSecret),
      {
        timeout: TIMEOUT_SECONDS,
        execute: [
          // Signatures are checked even where TLS would do (ASVS 5.0 6.8.2).
          oidc.enableNonRepudiationChecks,
          // eslint-disable-next-line @typescript-eslint/no-deprecated -- the settings allow plain HTTP on this machine alone
          ...(address.protocol === 'http:' ? [oidc.allowInsecureRequests] : []),
        ],
      },
    );
  } catch (error) {
    throw failureOf(error);
  }
}

/** As the provider takes it: in the header unless it says otherwise. */
function bySecret(secret: string): oidc.ClientAuth {
  const [basic, post] = [oidc.ClientSecretBasic(secret), oidc.ClientSecretPost(secret)];
  return (server, ...rest) => {
    const isBasic = server.token_endpoint_auth_methods_supported?.includes('client_secret_basic') ?? true;
    (isBasic ? basic : post)(server, ...rest);
  };
}

/** `isProof`: the provider has to ask the person once more, though they are signed in there. */
export async function askProvider(
  provider: ProviderSettings,
  redirectUri: string,
  isProof: boolean,
): Promise<Asked> {
  const configuration = await configurationOf(provider);
  const [state, nonce, verifier] = [oidc.randomState(), oidc.randomNonce(), oidc.randomPKCECodeVerifier()];
  const url = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: redirectUri,
    scope: 'openid profile',
    state,
    nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    ...(isProof ? { prompt: 'login', max_age: '0' } : {}),
  });
  return { url: url.href, state, nonce, verifier };
}

/** Checks the answer: state, nonce, issuer, audience, signature, times, and, for a proof, when the person was asked. */
export async function readAnswer(
  provider: ProviderSettings,
  answeredAt: URL,
  { state, nonce, verifier }: Omit<Asked, 'url'>,
  isProof: boolean,
): Promise<Told> {
  const configuration = await configurationOf(provider);
  try {
    const tokens = await oidc.authorizationCodeGrant(configuration, answeredAt, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
      ...(isProof ? { maxAge: PROOF_SECONDS } : {}),
    });
    const claims = tokens.claims();
    if (!claims) throw new Error('no ID token');
    const told = async (): Promise<Record<string, unknown>> =>
      configuration.serverMetadata().userinfo_endpoint === undefined
        ? {}
        : oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub).catch((error: unknown) => {
            throw failureOf(error);
          });
    return {
      issuer: claims.iss,
      subject: claims.sub,
      hasSecondFactor: countsAsTwo(provider, claims),
      provenAt: claims.auth_time === undefined ? null : new Date(claims.auth_time * 1000),
      claim: async (name) => textOf(claims[name]) ?? textOf((await told())[name]),
    };
  } catch (error) {
    throw failureOf(error);
  }
}

/** By what the provider says of the sign-in, in the words that the setting names; silence is one factor (ASVS 5.0 6.8.4). */
function countsAsTwo({ twoFactors }: ProviderSettings, { acr, amr }: oidc.IDToken): boolean {
  const said = [acr, ...(Array.isArray(amr) ? amr : [])];
  return said.some((one) => typeof one === 'string' && twoFactors.includes(one));
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Where the provider ends the person's sign-in there; null where it does not offer that, or is away. */
export async function endAtProvider(provider: ProviderSettings, backTo: string): Promise<string | null> {
  try {
    const configuration = await configurationOf(provider);
    if (configuration.serverMetadata().end_session_endpoint === undefined) return null;
    return oidc.buildEndSessionUrl(configuration, { post_logout_redirect_uri: backTo }).href;
  } catch {
    return null;
  }
}

/** What went wrong in words for the person; the code for the log and for the audit log. */
export class ProviderFailure extends DomainError {
  constructor(
    kind: 'unauthenticated' | 'unavailable',
    type: string,
    message: string,
    readonly code: string,
  ) {
    super(kind, type, message);
  }
}

/** What is said of a provider that is away or not well. */
const AWAY = ['OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_RESPONSE_IS_NOT_CONFORM'];

function failureOf(error: unknown): ProviderFailure {
  if (error instanceof oidc.AuthorizationResponseError) {
    return new ProviderFailure(
      'unauthenticated',
      'provider-refused',
      '统一身份认证没有完成登录：您取消了，或者没有使用本系统的许可。',
      error.error,
    );
  }
  if (error instanceof oidc.ResponseBodyError) return refusedAnswer(error.error);
  const { code = 'unknown', name, cause } = error as Error & { code?: string };
  // What fetch throws where nobody answers.
  const isAway = [name, (cause as Error | undefined)?.name].includes('TypeError');
  if (!isAway && !AWAY.includes(code)) return refusedAnswer(code);
  return new ProviderFailure(
    'unavailable',
    'provider-unavailable',
    '统一身份认证暂时连接不上，请稍后再试，或用用户名和密码登录。',
    code,
  );
}

const refusedAnswer = (code: string): ProviderFailure =>
  new ProviderFailure(
    'unauthenticated',
    'provider-answer-refused',
    '统一身份认证的答复没有通过校验，登录没有完成。请重新登录；多次出现的，请告知系统管理员。',
    code,
  );
