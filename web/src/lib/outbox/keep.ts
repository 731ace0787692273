/** A small place in the browser (IndexedDB) for files that were not sent yet: it outlives closed tabs and restarts. */

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

export const keepFile = (file: { id: string }): Promise<unknown> =>
  run('readwrite', (store) => store.put(file));

export const keptFiles = <T>(): Promise<T[]> => run('readonly', (store) => store.getAll() as IDBRequest<T[]>);

export const dropFile = (id: string): Promise<unknown> => run('readwrite', (store) => store.delete(id));
