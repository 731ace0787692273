/** Turns implementations of the contract into routes: who may, what is valid, once only, then the handler. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { json, Router, type Request, type RequestHandler, type Response } from 'express';
import type { Knex } from 'knex';
import { actingAs } from '../db/acting';
import { readSession, type SessionState } from '../db/sessions';
import { DomainError, forbidden, invalid } from '../domain/errors';
import { dayOf } from '../domain/deadlines/working-days';
import { mayEnter, PERMISSIONS, type EndpointName } from '../domain/permissions/table';
import type { Who } from '../domain/permissions/permission';
import type { Actor } from '../domain/roles';
import { behindWall } from './behind-wall';
import type { ApiContext } from './context';
import { contract } from './contract';
import type { Endpoint } from './contract/endpoint';
import { FileAnswer, type ApiRequest, type Implementation } from './implement';
import { auditRead } from './middleware/audit-reads';
import { onceByWorkflow, onceInTransaction } from './middleware/idempotency';
import { inSpan } from './middleware/in-span';
import type { CallerOf } from './middleware/problems';
import { addressKey, RateLimiter } from './middleware/rate-limit';
import { requestIdOf } from './middleware/request-id';
import { parse } from './parse';
import { assertPublishable } from './publishable';
import { reachFor, VISITOR } from './reach';
import { hashToken, tokenOf } from './middleware/session-cookie';
import { assertInScope, bearerOf, findKey } from './sign-in/machine-key';
import { owedBy, tellOwed } from './sign-in/owed';
import { wholeWithin } from './middleware/whole-body';
import { tellAgain } from './tell-again';

/** For a megabyte of JSON. */
const BODY_MS = 30_000;

type Limits = Record<'user' | 'publicWrites' | 'wrongKeys', RateLimiter>;

/**
 * What the checks are told of a person. Only tests have them believe anything but the truth: that somebody may do everything, so
 * that PostgreSQL alone, which is told nothing of it, keeps others' rows from them.
 */
export type Belief = (person: Actor) => Actor;

const TRUTH: Belief = (person) => person;

export function createRouter(
  context: ApiContext,
  implementations: readonly Implementation[],
  belief: Belief = TRUTH,
): Router {
  assertComplete(implementations);
  const router = Router();
  const limits = {
    user: new RateLimiter('user', context.settings.rateLimits.user),
    publicWrites: new RateLimiter('public-writes', context.settings.rateLimits.publicWrites),
    wrongKeys: new RateLimiter('wrong-keys', context.settings.rateLimits.publicWrites),
  };
  for (const implementation of implementations) {
    const { endpoint } = implementation;
    const path = endpoint.path.replace(/\{(\w+)\}/g, ':$1');
    const handlers: RequestHandler[] = endpoint.rawBody
      ? []
      : [wholeWithin(BODY_MS), json({ limit: '1mb', strict: true })];
    router[endpoint.method](path, ...handlers, (request, response) =>
      inSpan(endpoint, request, response, () =>
        serve(implementation, request, response, { ...context, limits, belief }),
      ),
    );
  }
  return router;
}

function assertComplete(implementations: readonly Implementation[]): void {
  const done = new Set(implementations.map(({ endpoint }) => endpoint.id));
  const missing = Object.values(contract).filter(({ id }) => !done.has(id));
  if (missing.length > 0)
    throw new Error(`endpoints without implementation: ${missing.map(({ id }) => id).join(', ')}`);
  const open = implementations.filter(({ endpoint }) => !(endpoint.id in PERMISSIONS));
  if (open.length > 0)
    throw new Error(
      `endpoints that are not in domain/permissions: ${open.map(({ endpoint }) => endpoint.id).join(', ')}`,
    );
}

async function serve(
  { endpoint, handle }: Implementation,
  request: Request,
  response: Response,
  { limits, belief, ...allContext }: ApiContext & { limits: Limits; belief: Belief },
): Promise<void> {
  Object.assign(response.locals, { endpoint: endpoint.id } satisfies CallerOf);
  const admitting = { ...allContext, limits, belief };
  const { actor, session, keyId } = await admit(endpoint, request, response, admitting);
  if (keyId !== undefined) limits.user.take(keyId, response);
  else if (actor.id !== VISITOR.id) limits.user.take(String(actor.id), response);
  else if (endpoint.method !== 'get') limits.publicWrites.take(addressKey(request), response);
  const reach = reachFor(endpoint, actor, allContext);
  const context = { ...allContext, db: reach, campaigns: behindWall(allContext.campaigns, reach) };
  const given = request.get('Idempotency-Key');
  const later: (() => Promise<void>)[] = [];
  if (given !== undefined && !/^[\x21-\x7e]{1,200}$/.test(given)) {
    throw invalid('bad-idempotency-key', 'Idempotency-Key 应为 1 至 200 个可见 ASCII 字符。');
  }
  const prepared: ApiRequest<unknown, unknown, unknown> = {
    params: parse(endpoint.params, request.params, 'path'),
    query: parse(endpoint.query, request.query, 'query'),
    body: endpoint.rawBody ? undefined : parse(endpoint.body, request.body, 'body'),
    actor,
    session,
    key: given === undefined ? randomUUID() : `${actor.id}-${given}`,
    address: request.ip ?? null,
    requestId: requestIdOf(response),
    stream: request,
    response,
    afterwards: (work) => void later.push(work),
  };
  assertPublishable(endpoint.id, prepared.body);
  const status = endpoint.status ?? 200;
  if (endpoint.once && given !== undefined) {
    const keyed = {
      userId: actor.id,
      key: given,
      path: `${request.method} ${request.path}`,
      body: prepared.body,
    };
    const workOn = async (db: Knex) => ({ status, body: await handle(prepared, { ...context, db }) });
    const answered = await (endpoint.once === 'transaction'
      ? onceInTransaction(context.db, keyed, workOn)
      : onceByWorkflow(context.db, keyed, () => workOn(context.db)));
    for (const work of later) tellAgain(work, context.log);
    response.status(answered.status).json(answered.body);
    return;
  }
  const answer = await handle(prepared, context);
  await auditRead(context.db, endpoint, prepared);
  for (const work of later) tellAgain(work, context.log);
  await send(answer, endpoint, status, request, response);
}

/** By the table of permissions; what is not in it is never served (see assertComplete). */
const whoMay = (id: string): Who => PERMISSIONS[id as EndpointName].who;

interface Admitted {
  actor: Actor;
  session: SessionState | null;
  /** By which key of a machine. */
  keyId?: string;
}

type AdmitContext = ApiContext & { limits: Limits; belief: Belief };

async function admit(
  { id, whileOwing }: Endpoint,
  request: Request,
  response: Response,
  context: AdmitContext,
): Promise<Admitted> {
  const { db, settings, belief } = context;
  const who = whoMay(id);
  const now = context.now();
  const bearer = bearerOf(request);
  if (bearer !== null) return admitMachine(bearer, id, request, response, context);
  const token = tokenOf(request);
  const reach = actingAs(db, { userId: null, day: dayOf(now), beyond: 'writing' });
  const known =
    token === null ? null : await readSession(reach, hashToken(token), now, settings.signIn.idleMinutes);
  const found = known && { ...known, actor: belief(known.actor) };
  if (found) Object.assign(response.locals, { actorId: found.actor.id } satisfies CallerOf);
  const owed = found && !whileOwing ? owedBy(found.session, found.actor, settings.signIn, now) : null;
  if (who === 'public') return found && !owed ? found : { actor: VISITOR, session: null };
  if (!found) throw new DomainError('unauthenticated', 'not-signed-in', '请先登录。');
  if (owed) throw tellOwed(owed);
  assertEnters(found.actor, who);
  return found;
}

/** A call by key; a cookie beside it is not looked at. What is open to everybody asks for no key. */
async function admitMachine(
  bearer: string,
  id: string,
  request: Request,
  response: Response,
  { db, now, limits, belief }: AdmitContext,
): Promise<Admitted> {
  const who = whoMay(id);
  if (who === 'public') return { actor: VISITOR, session: null };
  const reach = actingAs(db, { userId: null, day: dayOf(now()), beyond: 'writing' });
  const caller = await findKey(reach, bearer, now(), request.ip ?? null);
  if (!caller) {
    // Whoever tries keys is soon told to wait.
    limits.wrongKeys.take(addressKey(request), response);
    throw new DomainError('unauthenticated', 'wrong-key', '接口密钥不对，或已过期、停用。');
  }
  const { keyId } = caller;
  const actor = belief(caller.actor);
  Object.assign(response.locals, { actorId: actor.id } satisfies CallerOf);
  assertInScope(caller, id);
  assertEnters(actor, who);
  return { actor, session: null, keyId };
}

function assertEnters(actor: Actor, who: Who): void {
  if (typeof who === 'string' || mayEnter(actor, who)) return;
  throw forbidden('wrong-role', `您的角色没有这个权限；需要：${who.join('、')}。`);
}

async function send(
  answer: unknown,
  endpoint: Endpoint,
  status: number,
  request: Request,
  response: Response,
): Promise<void> {
  if (answer instanceof FileAnswer) {
    // Rejects where the file fails before its first byte: that is told as a problem, not by a line that breaks.
    if (answer.content instanceof Readable) await once(answer.content, 'readable');
    const mediaType = answer.mediaType ?? [endpoint.file].flat()[0] ?? 'application/octet-stream';
    response.setHeader(
      'Content-Type',
      // All our texts are; a reader who is not told may guess otherwise (ASVS 5.0 4.1.1).
      mediaType.startsWith('text/') && !mediaType.includes('charset')
        ? `${mediaType}; charset=utf-8`
        : mediaType,
    );
    response.setHeader('Content-Disposition', disposition(answer.fileName));
    if (answer.lasting !== null) {
      const { sha256, size, mayChange = false } = answer.lasting;
      response.setHeader('ETag', `"${sha256}"`);
      response.setHeader('Repr-Digest', `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`);
      response.setHeader(
        'Cache-Control',
        mayChange ? 'private, no-cache' : 'public, max-age=31536000, immutable',
      );
      if (request.get('If-None-Match') === `"${sha256}"`) {
        response.status(304).end();
        return;
      }
      response.setHeader('Content-Length', size);
    }
    if (answer.content instanceof Readable) await pipeline(answer.content, response);
    else response.status(status).end(answer.content);
    return;
  }
  if (endpoint.answer === null) response.status(status).end();
  else response.status(status).json(answer);
}

const disposition = (fileName: string): string =>
  `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`;
