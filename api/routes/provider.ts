import type { Knex } from 'knex';
import { appendAudit } from '../../db/audit';
import {
  findLinkedUser,
  insertProviderSignIn,
  linkIdentity,
  takeProviderSignIn,
  unlinkIdentities,
  type Identity,
  type ProviderSignIn,
} from '../../db/provider-identities';
import { findUser, type UserRow } from '../../db/sessions';
import { conflict, DomainError, notFound } from '../../domain/errors';
import type { ApiContext, ProviderSettings } from '../context';
import { providerContract as contract } from '../contract/provider';
import { implement, type ApiRequest } from '../implement';
import { clearProvider, hashToken, newToken, providerOf, setProvider } from '../middleware/session-cookie';
import { auditOwn } from '../sign-in/audit-own';
import { demandRecentProof } from '../sign-in/proof';
import { askProvider, ProviderFailure, readAnswer, type Told } from '../sign-in/provider';
import { demandSecondFactor } from '../sign-in/second-factor';
import { beginSession, sessionOf } from '../sign-in/sessions';

type Request = ApiRequest<unknown, unknown, unknown>;

/** Long enough for the provider's own second factor. */
const LASTS_MS = 10 * 60_000;

/** A page of ours, which reads the provider's answer and hands it in. */
export const ANSWER_PAGE = '/login/provider';

export const providerRoutes = [
  implement(contract.listSignInWays, (_request, { settings }) => {
    const { provider } = settings.signIn;
    return Promise.resolve({ provider: provider && { label: provider.label } });
  }),

  implement(contract.beginProviderSignIn, async (request, context) => {
    const { db, now, settings } = context;
    const { purpose, returnTo } = request.body;
    const provider = providerIn(context);
    if (purpose === 'link') demandRecentProof(request, context);
    // Whoever is still signed in there at a shared desk is not whom an account is linked with.
    const isProof = purpose !== 'sign-in';
    const { url, ...checks } = await askProvider(provider, addressOf(settings.publicUrl), isProof);
    const token = newToken();
    await insertProviderSignIn(db, hashToken(token), new Date(now().getTime() + LASTS_MS), {
      ...checks,
      purpose,
      userId: purpose === 'sign-in' ? null : ownerOf(request),
      returnTo: ownPath(returnTo),
    });
    setProvider(request.response, token, settings, LASTS_MS / 1000);
    return { url };
  }),

  implement(contract.answerProviderSignIn, async (request, context) => {
    const { db, now, settings } = context;
    const provider = providerIn(context);
    const token = providerOf(request.response.req);
    const begun = token === null ? null : await takeProviderSignIn(db, hashToken(token), now());
    clearProvider(request.response, settings);
    if (!begun) {
      throw new DomainError('unauthenticated', 'sign-in-over', '登录已超时或已经完成，请重新登录。');
    }
    const answeredAt = new URL(addressOf(settings.publicUrl));
    answeredAt.search = request.body.query;
    const told = await readAnswer(provider, answeredAt, begun, begun.purpose !== 'sign-in').catch(
      async (error: unknown) => {
        if (error instanceof ProviderFailure) await recordRefusal(db, request, null, error.code);
        throw error;
      },
    );
    if (begun.purpose === 'link') await link(begun, told, request, context);
    else await signIn(begun, told, request, context);
    return { to: begun.returnTo };
  }),

  implement(contract.unlinkProvider, async (request, context) => {
    demandRecentProof(request, context);
    await context.db.transaction(async (trx) => {
      if (!(await unlinkIdentities(trx, request.actor.id))) {
        throw notFound('not-linked', '您的账号没有关联统一身份。');
      }
      await auditOwn(trx, request, 'account.provider-unlinked');
    });
    return undefined;
  }),
];

function providerIn({ settings }: ApiContext): ProviderSettings {
  const { provider } = settings.signIn;
  if (provider) return provider;
  throw notFound('no-provider', '本系统没有设置统一身份认证。');
}

const addressOf = (publicUrl: string): string => `${publicUrl}${ANSWER_PAGE}`;

const ownerOf = (request: Request): number => {
  sessionOf(request);
  return request.actor.id;
};

/** Only a path of this site: the answer must not lead somebody who just signed in elsewhere. */
const ownPath = (path: string): string => (/^\/(?![/\\])/.test(path) ? path : '/');

async function signIn(
  begun: ProviderSignIn,
  told: Told,
  request: Request,
  context: ApiContext,
): Promise<void> {
  const user = (await findLinkedUser(context.db, told)) ?? (await linkByClaim(told, request, context));
  if (!user) {
    await recordRefusal(context.db, request, null, 'unlinked');
    throw new DomainError(
      'unauthenticated',
      'provider-unlinked',
      '统一身份认证确认了您的身份，但它还没有与本系统的账号关联。请先用用户名和密码登录，再到“账号与安全”关联；没有账号的，请联系管理员。',
    );
  }
  if (begun.userId !== null && begun.userId !== user.id) {
    await recordRefusal(context.db, request, user, 'another-person');
    throw new DomainError('unauthenticated', 'another-person', '在统一身份认证登录的是另一个人。');
  }
  if (!told.hasSecondFactor) await demandSecondFactor(user, 'provider', request, context);
  await beginSession(
    user,
    { way: 'provider', hasSecondFactor: told.hasSecondFactor, provenAt: told.provenAt },
    request,
    context,
  );
}

/** Where a setting names a claim that is the user name; each side is linked once, and stays so when the claim changes. */
async function linkByClaim(
  told: Told,
  request: Request,
  context: ApiContext,
): Promise<Pick<UserRow, 'id' | 'username' | 'name'> | null> {
  const { usernameClaim } = providerIn(context);
  if (usernameClaim === null) return null;
  const username = await told.claim(usernameClaim);
  const user = username === null ? null : await findUser(context.db, username);
  if (user?.disabled_at !== null) return null;
  const isLinked = await context.db.transaction((trx) =>
    linkAndRecord(trx, told, { ...request, actor: { ...user, grants: [] } }, context.now(), usernameClaim),
  );
  return isLinked ? user : null;
}

async function link(
  begun: ProviderSignIn,
  told: Told,
  request: Request,
  { db, now }: ApiContext,
): Promise<void> {
  if (ownerOf(request) !== begun.userId) {
    throw new DomainError('unauthenticated', 'another-person', '发起关联的是另一个人，请重新登录后再试。');
  }
  const isLinked = await db.transaction((trx) => linkAndRecord(trx, told, request, now(), null));
  if (!isLinked) {
    throw conflict('linked-before', '这个统一身份或您的账号已经关联过，请先解除原来的关联。');
  }
}

async function linkAndRecord(
  trx: Knex,
  identity: Identity,
  request: Pick<Request, 'actor' | 'address' | 'requestId'>,
  at: Date,
  byClaim: string | null,
): Promise<boolean> {
  if (!(await linkIdentity(trx, identity, request.actor.id, at))) return false;
  await auditOwn(trx, request, 'account.provider-linked', { issuer: identity.issuer, byClaim });
  return true;
}

/** Of a person whom the provider vouches for, or of somebody unknown. */
const recordRefusal = (
  db: Knex,
  { address, requestId }: Request,
  user: Pick<UserRow, 'username'> | null,
  reason: string,
): Promise<void> =>
  appendAudit(db, {
    actorId: null,
    action: 'session.refuse-provider',
    subject: user ? `user/${user.username}` : 'user/unknown',
    address,
    requestId,
    after: { reason },
  });
