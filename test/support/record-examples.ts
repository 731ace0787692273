import { appendFileSync } from 'node:fs';
import path from 'node:path';
import type { Endpoint } from '../../api/contract/endpoint';

interface Exchange {
  params: Record<string, unknown>;
  query: Record<string, unknown>;
  body: unknown;
  answer: unknown;
}

/** Of a call that succeeded, what the API's document may show as its example; kept where `npm run docs:examples` asks for it. */
export function recordExample(endpoint: Endpoint, exchange: Exchange): void {
  const folder = process.env['ONEVISIT_RECORD_EXAMPLES'];
  if (folder === undefined) return;
  const params = Object.fromEntries(
    Object.entries(exchange.params).filter(([name]) => endpoint.path.includes(`{${name}}`)),
  );
  const line = JSON.stringify({ ...exchange, id: endpoint.id, params });
  appendFileSync(path.join(folder, `${process.pid}.jsonl`), `${line}\n`);
}
