/** A small place in the browser (IndexedDB) for files that were not sent yet: it outlives closed tabs and restarts. */
import { decrypt, encrypt } from '../vault';

const NAME = 'onevisit-outbox';
const SHELF = 'files';

let opened: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(SHELF, { keyPath: 'id' });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the browser keeps nothing'));
  });
  return opened;
}

async function run<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const transaction = (await open()).transaction(SHELF, mode);
  const request = ask(transaction.objectStore(SHELF));
  return new Promise((resolve, reject) => {
    // Only what is committed is kept.
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error ?? new Error('the browser keeps nothing'));
  });
}

/** As it lies there: what it is and its bytes, each encrypted by its owner's key. */
interface Sealed {
  id: string;
  facts: Uint8Array<ArrayBuffer>;
  bytes: Uint8Array<ArrayBuffer>;
}

interface WithBlob {
  id: string;
  blob: Blob;
}

export async function keepFile({ blob, ...facts }: WithBlob): Promise<unknown> {
  const sealed: Sealed = {
    id: facts.id,
    facts: await encrypt(new TextEncoder().encode(JSON.stringify({ ...facts, type: blob.type }))),
    bytes: await encrypt(new Uint8Array(await blob.arrayBuffer())),
  };
  return run('readwrite', (store) => store.put(sealed));
}

/** The files of who is signed in; those of others cannot be read. */
export async function keptFiles<T extends WithBlob>(): Promise<T[]> {
  const kept = await run('readonly', (store) => store.getAll() as IDBRequest<(Sealed | T)[]>);
  const opened = await Promise.all(
    kept.map(async (one): Promise<T | null> => {
      // From before they were encrypted.
      if ('blob' in one) return one;
      const [facts, bytes] = [await decrypt(one.facts), await decrypt(one.bytes)];
      if (!facts || !bytes) return null;
      const { type, ...rest } = JSON.parse(new TextDecoder().decode(facts)) as { type: string };
      return { ...rest, blob: new Blob([bytes], { type }) } as unknown as T;
    }),
  );
  return opened.filter((one) => one !== null);
}

export const dropFile = (id: string): Promise<unknown> => run('readwrite', (store) => store.delete(id));
