import { openAsBlob } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { AwsClient } from 'aws4fetch';
import { EvidenceMissing, type EvidenceStore } from './store';

const TIMEOUT_MS = 5 * 60_000;
const TRIES_MORE = 3;
/** Other things may lie in the same bucket. */
const PREFIX = 'evidence/';

/** Evidence in a bucket of an S3-compatible store: `https://KEY:SECRET@s3.example:9000/bucket?region=cn-north-1`. */
export function bucketStore(address: string): EvidenceStore {
  const given = new URL(address);
  const bucket = `${given.protocol}//${given.host}${given.pathname.replace(/\/+$/, '')}`;
  const client = new AwsClient({
    accessKeyId: decodeURIComponent(given.username),
    secretAccessKey: decodeURIComponent(given.password),
    service: 's3',
    region: given.searchParams.get('region') ?? 'us-east-1',
    retries: TRIES_MORE,
  });

  async function ask(method: string, where: string, more: RequestInit = {}): Promise<Response> {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await client.fetch(`${bucket}${where}`, { method, signal, ...more });
    if (response.ok || response.status === 404) return response;
    const said = /<Code>([^<]*)<\/Code>/.exec(await response.text())?.[1] ?? '';
    throw Object.assign(new Error(`the store of evidence answered ${response.status} ${said}`), {
      // As a disk says it.
      ...(response.status === 507 || FULL.includes(said) ? { code: 'ENOSPC' } : {}),
    });
  }

  return {
    incoming: path.join(os.tmpdir(), 'onevisit-evidence'),
    put: async (key, { path: received, sha256 }) => {
      const response = await ask('PUT', `/${PREFIX}${key}`, {
        body: await openAsBlob(received),
        // The store compares: what it keeps is what was received.
        headers: { 'x-amz-content-sha256': sha256 },
      });
      if (response.status === 404) throw new Error('the store of evidence has no such bucket');
      await rm(received, { force: true });
    },
    open: async (key) => {
      const { status, body } = await ask('GET', `/${PREFIX}${key}`);
      if (status === 404 || !body) throw new EvidenceMissing(key);
      return Readable.fromWeb(body);
    },
    remove: async (key) => {
      await ask('DELETE', `/${PREFIX}${key}`);
    },
    async *keysOlderThan(milliseconds) {
      const before = Date.now() - milliseconds;
      for (let after = ''; ;) {
        const query = new URLSearchParams({
          'list-type': '2',
          prefix: PREFIX,
          ...(after ? { 'start-after': after } : {}),
        });
        const page = await (await ask('GET', `?${query.toString()}`)).text();
        const found = [...page.matchAll(/<Contents>(.*?)<\/Contents>/gs)].map(([, entry = '']) => ({
          name: textIn(entry, 'Key'),
          at: Date.parse(textIn(entry, 'LastModified')),
        }));
        for (const { name, at } of found) if (at < before) yield name.slice(PREFIX.length);
        after = found.at(-1)?.name ?? '';
        if (textIn(page, 'IsTruncated') !== 'true' || after === '') return;
      }
    },
  };
}

const FULL = ['QuotaExceeded', 'XMinioStorageFull', 'InsufficientCapacity', 'EntityTooLarge'];

/** Keys are our own: nothing in them is escaped. */
const textIn = (xml: string, name: string): string =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? '';
