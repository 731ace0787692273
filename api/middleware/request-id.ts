import { randomUUID } from 'node:crypto';
import type { RequestHandler, Response } from 'express';

const HEADER = 'X-Request-Id';

/** Every answer names its request, so that a user can report it and an operator find it. */
export const nameRequest: RequestHandler = (request, response, next) => {
  const given = request.get(HEADER);
  response.setHeader(HEADER, given !== undefined && /^[\w-]{1,64}$/.test(given) ? given : randomUUID());
  next();
};

export const requestIdOf = (response: Response): string => String(response.getHeader(HEADER));
