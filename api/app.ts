import path from 'node:path';
import express, { type Express } from 'express';
import pinoHttp from 'pino-http';
import * as z from 'zod';
import type { ApiContext } from './context';
import { noSuchPath, problemsHandler } from './middleware/problems';
import { limitAddresses } from './middleware/rate-limit';
import { nameRequest, requestIdOf } from './middleware/request-id';
import { sameOrigin } from './middleware/same-origin';
import { securityHeaders } from './middleware/security-headers';
import { SECURE_COOKIES } from './middleware/session-cookie';
import { openApiDocument } from './openapi';
import { pages } from './pages';
import { createRouter, type Belief } from './router';
import { implementations } from './routes';

z.config(z.locales.zhCN());

/** The whole web side: API, its document, health, and the built pages. `belief` is for tests alone (router.ts). */
export function createApp(context: ApiContext, belief?: Belief): Express {
  const { settings, log } = context;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', settings.trustProxy);
  app.set(SECURE_COOKIES, settings.secureCookies);
  app.use(nameRequest);
  app.use(logging(context));
  if (context.served) app.use(measured(context.served));
  app.use(securityHeaders(settings));
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok', version: settings.version });
  });
  app.get('/readyz', async (_request, response) => {
    const database = await context.db.raw('select 1').then(
      () => true,
      () => false,
    );
    const temporal = await context.campaigns.isReady();
    response.status(database && temporal ? 200 : 503).json({ database, temporal });
  });
  const limit = limitAddresses(settings.rateLimits);
  app.use('/api/v1', noStore, limit, sameOrigin(settings.publicUrl));
  const document = openApiDocument(settings.version);
  app.get('/api/v1/openapi.json', (_request, response) => {
    response.json(document);
  });
  app.use('/api/v1', createRouter(context, implementations, belief));
  app.use('/api/docs', docs());
  app.use('/api', noSuchPath);
  if (settings.webDir !== null) app.use(pages(settings.webDir, context, limit));
  app.use(noSuchPath);
  app.use(problemsHandler(log));
  return app;
}

function measured(served: NonNullable<ApiContext['served']>): express.RequestHandler {
  return (request, response, next) => {
    const began = performance.now();
    response.once('close', () => {
      const endpoint = (response.locals['endpoint'] as string | undefined) ?? 'page';
      const seconds = (performance.now() - began) / 1000;
      served({ endpoint, method: request.method, status: response.statusCode, seconds });
    });
    next();
  };
}

const noStore: express.RequestHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', 'no-store');
  next();
};

/** The address of a calendar is its key. */
const SECRET_IN_PATH = /(\/calendar\/)[^/]+/;

/** Method, path and outcome; neither names, nor queries that may hold them, nor cookies. */
function logging({ log }: ApiContext) {
  return pinoHttp({
    logger: log,
    genReqId: (_request, response) => requestIdOf(response as express.Response),
    serializers: {
      req: (request: { id: string; method: string; url: string }) => ({
        id: request.id,
        method: request.method,
        path: request.url.split('?')[0]?.replace(SECRET_IN_PATH, '$1…'),
      }),
      res: (response: { statusCode: number }) => ({ status: response.statusCode }),
    },
    customLogLevel: (_request, response, error) => {
      if (error !== undefined || response.statusCode >= 500) return 'error';
      return response.statusCode >= 400 ? 'info' : 'debug';
    },
  });
}

/** The document, readable in a browser; everything comes from this server. */
function docs(): express.Router {
  const router = express.Router();
  router.get('/', (request, response, next) => {
    if (!request.originalUrl.split('?')[0]?.endsWith('/')) response.redirect(301, '/api/docs/');
    else next();
  });
  router.get('/swagger-initializer.js', (_request, response) => {
    response.type('application/javascript').send(
      `window.ui = SwaggerUIBundle({ url: '/api/v1/openapi.json', dom_id: '#swagger-ui', deepLinking: true,
         presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset], layout: 'BaseLayout' });`,
    );
  });
  router.use(express.static(path.dirname(require.resolve('swagger-ui-dist/package.json'))));
  return router;
}
