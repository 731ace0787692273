/** How often somebody may call: a bucket of tokens each, that fills at an even pace (RFC draft RateLimit header fields). */
import type { Request, RequestHandler, Response } from 'express';
import { DomainError } from '../../domain/errors';

/** Calls a minute; 0: as many as somebody likes. */
export interface RateLimits {
  /** Of one person, or of one key of a machine. */
  user: number;
  /** From one address, whoever calls: an office of hundreds may be behind one. */
  address: number;
  /** From one address by those who are not signed in and change something: sign-ins, objections, ratings. */
  publicWrites: number;
}

interface Bucket {
  tokens: number;
  at: number;
}

const MINUTE_MS = 60_000;
/** Beyond these, full buckets are let go: who fills the table with addresses gains nothing by it. */
const MOST_BUCKETS = 50_000;

/**
 * Buckets of this process. With several API processes somebody gets at most as many times the limit: shared counting would
 * cost each request a round trip, and the limits are far above what people and machines need.
 */
export class RateLimiter {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly name: string,
    private readonly perMinute: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  get size(): number {
    return this.buckets.size;
  }

  /** Takes one token, and says in the answer's headers what is left. Throws where there is none. */
  take(who: string, response: Response): void {
    if (this.perMinute === 0) return;
    const at = this.now();
    const bucket = this.refilled(who, at);
    const isLeft = bucket.tokens >= 1;
    if (isLeft) bucket.tokens -= 1;
    const perToken = MINUTE_MS / this.perMinute;
    const seconds = Math.ceil(
      (isLeft ? this.perMinute - bucket.tokens : 1 - bucket.tokens) * (perToken / 1000),
    );
    response.setHeader('RateLimit-Policy', `"${this.name}";q=${this.perMinute};w=60`);
    response.setHeader('RateLimit', `"${this.name}";r=${Math.floor(bucket.tokens)};t=${seconds}`);
    if (isLeft) return;
    response.setHeader('Retry-After', String(seconds));
    throw new DomainError('too-many', 'too-many-requests', `请求过于频繁，请 ${seconds} 秒后再试。`);
  }

  private refilled(who: string, at: number): Bucket {
    const bucket = this.buckets.get(who) ?? { tokens: this.perMinute, at };
    bucket.tokens = Math.min(this.perMinute, bucket.tokens + ((at - bucket.at) * this.perMinute) / MINUTE_MS);
    bucket.at = at;
    // Last used is last in the table: the first ones are the oldest.
    this.buckets.delete(who);
    this.buckets.set(who, bucket);
    if (this.buckets.size > MOST_BUCKETS) this.forget(at);
    return bucket;
  }

  /** Whoever has not called for a minute has a full bucket, which is the same as none; where that is not enough, the oldest go. */
  private forget(at: number): void {
    for (const [who, bucket] of this.buckets) {
      if (at - bucket.at < MINUTE_MS && this.buckets.size <= MOST_BUCKETS) return;
      this.buckets.delete(who);
    }
  }
}

/** Before anything else is done for a request. */
export function limitAddresses(limits: RateLimits): RequestHandler {
  const limiter = new RateLimiter('address', limits.address);
  return (request, response, next) => {
    limiter.take(addressKey(request), response);
    next();
  };
}

/**
 * What calls from one address have in common: of IPv6 the network of 64 bits, for one machine may take any address in it.
 */
export function addressKey({ ip = '' }: Pick<Request, 'ip'>): string {
  if (!ip.includes(':') || ip.startsWith('::ffff:')) return ip.replace('::ffff:', '');
  const [head = '', tail] = ip.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? [] : Array<string>(8 - before.length - after.length).fill('0');
  return [...before, ...gap, ...after].slice(0, 4).join(':');
}
