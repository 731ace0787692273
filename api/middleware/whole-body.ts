import type { RequestHandler } from 'express';

/**
 * A small body has to be whole soon: who sends it drop by drop would hold a connection as long as an upload may take. The
 * connection ends with the answer, for the rest of the body may still be on its way.
 */
export function wholeWithin(milliseconds: number): RequestHandler {
  return (request, response, next) => {
    const timer = setTimeout(() => {
      if (request.complete || response.headersSent) return;
      response.setHeader('Connection', 'close');
      response.once('finish', () => request.socket.destroySoon());
      next(Object.assign(new Error('the body came too slowly'), { status: 408 }));
    }, milliseconds);
    const settle = () => {
      clearTimeout(timer);
    };
    request.once('end', settle);
    request.once('close', settle);
    next();
  };
}
