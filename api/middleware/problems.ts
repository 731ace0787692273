/** The one place where failures become answers: application/problem+json (RFC 9457). */
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { requestIdOf } from './request-id';
import { DomainError, forbidden, notFound, type FailureKind, type FieldProblem } from '../../domain/errors';

const STATUS: Record<FailureKind, number> = {
  'not-found': 404,
  conflict: 409,
  forbidden: 403,
  invalid: 422,
  'too-large': 413,
  unsupported: 415,
  unauthenticated: 401,
  unavailable: 503,
  'too-many': 429,
  'no-space': 507,
};

/** By status; the API's document has the same. */
export const TITLES: Readonly<Record<number, string>> = {
  400: '请求有误',
  401: '请先登录',
  403: '没有权限',
  404: '不存在',
  408: '等待超时',
  409: '当前状态不允许',
  413: '内容过大',
  415: '格式不对',
  422: '内容有误',
  429: '请求过多',
  500: '系统故障',
  503: '暂时不可用',
  507: '存储空间不足',
};

export interface Problem {
  status: number;
  type: string;
  detail: string;
  fields?: readonly FieldProblem[];
}

export const noSuchPath: RequestHandler = (request) => {
  throw notFound('no-such-path', `没有这个接口：${request.method} ${request.path}。接口说明见 /api/docs。`);
};

export function problemsHandler(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    // The caller went away in the middle of a download: nobody to tell, and nothing wrong here.
    if ((error as { code?: string } | null)?.code === 'ERR_STREAM_PREMATURE_CLOSE') return;
    const problem = problemOf(error);
    if (problem.status >= 500 || (error as { code?: string } | null)?.code === NOT_THEIRS)
      log.error({ err: loggable(error), requestId: requestIdOf(response) }, 'request failed');
    else logRefusal(log, problem, request, response);
    if (response.headersSent) {
      next(error);
      return;
    }
    sendProblem(response, problem, requestIdOf(response));
  };
}

/** Refusals that somebody meets who tries what is not theirs, or too often. */
const SUSPICIOUS = [401, 403, 429];

/**
 * Who was refused what, by the stable type alone (ASVS 5.0 16.3.2, 16.3.3): the words may hold names, and what was sent is in
 * no log. The address only where somebody may be at work who should not.
 */
function logRefusal(log: Logger, { status, type }: Problem, request: Request, response: Response): void {
  const { actorId = null, endpoint = null } = response.locals as CallerOf;
  const refused = { status, type, endpoint, actor: actorId };
  const requestId = requestIdOf(response);
  if (SUSPICIOUS.includes(status)) {
    log.warn({ refused: { ...refused, address: request.ip ?? null }, requestId }, 'request refused');
  } else log.info({ refused, requestId }, 'request refused');
}

/** What the router knows of a request when it fails. */
export interface CallerOf {
  /** As the contract names it. */
  endpoint?: string;
  actorId?: number;
}

/** A failed query's message holds its values, and so does its detail: names and addresses that a log must not hold. */
export function loggable(error: unknown): unknown {
  if (!(error instanceof Error) || !('severity' in error)) return error;
  const { name, stack, ...rest } = error as Error & Record<string, unknown>;
  return { type: name, code: rest['code'], constraint: rest['constraint'], table: rest['table'], stack };
}

export function sendProblem(response: Response, problem: Problem, requestId: string): void {
  const { status, type, detail, fields = [] } = problem;
  if (status === 503) response.setHeader('Retry-After', '5');
  response
    .status(status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type,
        title: TITLES[status] ?? '请求失败',
        status,
        detail,
        ...(fields.length > 0 ? { fields } : {}),
        requestId,
      }),
    );
}

/** What a failure looks like from outside; nothing internal shows. */
export function problemOf(error: unknown): Problem {
  if (error instanceof DomainError) {
    const { type, message, fields } = error;
    return { status: type === 'too-many-attempts' ? 429 : STATUS[error.kind], type, detail: message, fields };
  }
  const { code, status, type, name, message } = (error ?? {}) as Partial<Error> & {
    code?: string;
    status?: number;
    type?: string;
  };
  if (type === 'entity.parse.failed') {
    return { status: 400, type: 'bad-json', detail: '请求内容不是有效的 JSON。' };
  }
  if (status === 408) {
    return { status, type: 'body-too-slow', detail: '请求内容没有在限时内传完，请检查网络后重试。' };
  }
  if (type === 'entity.too.large') {
    return { status: 413, type: 'too-large', detail: '请求内容超过 1 MB；导入文件请用 /imports。' };
  }
  if (status === 404) return { status, type: 'no-such-path', detail: '没有这个页面或文件。' };
  if (status !== undefined && status >= 400 && status < 500) {
    return { status, type: 'bad-request', detail: '请求格式有误。' };
  }
  if (code === NOT_THEIRS) {
    return problemOf(notYours());
  }
  if (code !== undefined && NOT_TEXT.includes(code)) {
    return { status: 422, type: 'invalid-text', detail: '内容含有无法保存的字符（空字符），请去掉后再试。' };
  }
  if (code === OUT_OF_RANGE) {
    return { status: 422, type: 'out-of-range', detail: '内容中有超出范围的数字，请核对编号和数量。' };
  }
  if (name === 'KnexTimeoutError' || isUnreachable(code ?? '') || CUT_OFF.test(message ?? '')) {
    return { status: 503, type: 'database-unavailable', detail: '数据库暂时连接不上，请稍后再试。' };
  }
  if (code === TOOK_TOO_LONG) {
    return {
      status: 503,
      type: 'took-too-long',
      detail: '这次查询用时过长，已被中止，没有改变任何内容。请缩小范围后再试。',
    };
  }
  if (code === DISK_FULL) {
    return {
      status: 503,
      type: 'database-no-space',
      detail: '数据库所在的磁盘空间不足，这次没有保存任何内容。请联系管理员清理后再试。',
    };
  }
  return {
    status: 500,
    type: 'internal',
    detail: '系统内部故障，已记录。请稍后再试，或把请求编号告知管理员。',
  };
}

/** What the second wall refuses, and no check above it did. */
export const notYours = (): DomainError =>
  forbidden('not-yours', '没有权限：这条记录不在您的部门、地区或岗位之内。');

/** `insufficient_privilege`: the second wall, where a check of ours should have stood before (docs/security/row-level-security.md). */
const NOT_THEIRS = '42501';

/** PostgreSQL's text holds every character but NUL: `character_not_in_repertoire`, `untranslatable_character`. */
const NOT_TEXT = ['22021', '22P05'];

/** `numeric_value_out_of_range`: an id or an amount that no column holds. */
const OUT_OF_RANGE = '22003';

/** `query_canceled`: by the limit that the API sets for its statements. */
const TOOK_TOO_LONG = '57014';

/** PostgreSQL's own word for it; the statement was rolled back. */
const DISK_FULL = '53100';

/** What the driver says, without a code, of a server that died during a query or between two of a transaction. */
const CUT_OFF = /Connection terminated|Connection ended|is not queryable/;

/** Network failures, and PostgreSQL starting up, shutting down or out of connections. */
function isUnreachable(code: string): boolean {
  return (
    ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND'].includes(code) ||
    /^(08|57P|53300)/.test(code)
  );
}
