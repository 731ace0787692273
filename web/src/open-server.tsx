/** Writes a public page as HTML, in the API's process (api/pages/public-pages.ts), from the same components that browsers run. */
import { QueryClient, QueryClientProvider, type Query } from '@tanstack/react-query';
import { createInstance, type i18n } from 'i18next';
import { StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { I18nextProvider } from 'react-i18next';
import { StaticRouter } from 'react-router';
import { api } from './api/client';
import { Problem } from './api/problem';
import type { Language } from './i18n';
import { publicTexts as english } from './i18n/en/public';
import { publicTexts as chinese } from './i18n/zh/public';
import { HeadContext } from './lib/use-title';
import { OpenPages, preparePage } from './public/open-pages';

interface Asked {
  path: string;
  /** With its question mark; empty where there is none. */
  search: string;
  language: Language;
}

interface Written {
  /** 200, 404, or 503 where what the page is about could not be read. */
  status: number;
  title: string;
  description: string;
  html: string;
  /** Keys and answers of what was read, for the browser to begin with. */
  state: [unknown, unknown][];
}

/** Pages read more when they know more: a campaign, then its visits, then what was changed. */
const MOST_ROUNDS = 8;

let ask: (request: Request) => Promise<Response>;
api.use({ onRequest: ({ request }) => ask(request) });

/** `answer`: the public part of the API, as it is reached without a network. */
export function createWriter(answer: typeof ask): (asked: Asked) => Promise<Written> {
  ask = answer;
  return write;
}

async function write({ path, search, language }: Asked): Promise<Written> {
  const texts = await textsOf(language);
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false, retryOnMount: false, gcTime: Infinity } },
  });
  const cache = client.getQueryCache();
  const exists = await preparePage(path);
  const head = { title: '', description: '' };
  const draw = () =>
    renderToString(
      <StrictMode>
        <QueryClientProvider client={client}>
          <I18nextProvider i18n={texts}>
            <HeadContext
              value={(title, description) => Object.assign(head, { title, description: description ?? '' })}
            >
              <StaticRouter location={path + search}>
                <OpenPages />
              </StaticRouter>
            </HeadContext>
          </I18nextProvider>
        </QueryClientProvider>
      </StrictMode>,
    );
  let html = draw();
  const main = cache.getAll();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const wanted = cache.getAll().filter(isWanted);
    if (wanted.length === 0) break;
    await Promise.all(wanted.map((query) => query.fetch().catch(() => undefined)));
    html = draw();
  }
  const read = cache.getAll().filter(({ state }) => state.status === 'success');
  return {
    status: exists ? statusOf(main) : 404,
    title: head.title,
    description: head.description,
    html,
    state: read.map(({ queryKey, state }) => [queryKey, state.data]),
  };
}

/** Somebody on the page waits for it. */
const isWanted = ({ state, options }: Query): boolean =>
  state.status === 'pending' &&
  options.queryFn !== undefined &&
  (options as { enabled?: unknown }).enabled !== false;

/** Of what the page asked for first: a part that is missing or away further down says so in its place. */
function statusOf(queries: readonly Query[]): number {
  const failures = queries.flatMap(({ state }) => (state.error === null ? [] : [state.error as unknown]));
  if (failures.length === 0) return 200;
  const isAway = failures.some(
    (error) => !(error instanceof Problem) || error.status === 0 || error.status >= 500,
  );
  return isAway ? 503 : 404;
}

const instances = new Map<Language, Promise<i18n>>();

function textsOf(language: Language): Promise<i18n> {
  const known = instances.get(language) ?? createTexts(language);
  instances.set(language, known);
  return known;
}

async function createTexts(language: Language): Promise<i18n> {
  const instance = createInstance();
  await instance.init({
    lng: language,
    fallbackLng: 'zh-CN',
    resources: { 'zh-CN': { translation: chinese }, en: { translation: english } },
    interpolation: { escapeValue: false },
  });
  return instance;
}
