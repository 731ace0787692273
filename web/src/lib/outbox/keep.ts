/** A small place in the browser (IndexedDB) for what was not sent yet: it outlives closed tabs and restarts. */

const NAME = 'onevisit-outbox';
export type Shelf = 'files' | 'drafts';
const SHELVES: Shelf[] = ['files', 'drafts'];

let opened: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      for (const shelf of SHELVES) request.result.createObjectStore(shelf, { keyPath: 'id' });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the browser keeps nothing'));
  });
  return opened;
}

async function run<T>(
  shelf: Shelf,
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const transaction = (await open()).transaction(shelf, mode);
  const request = ask(transaction.objectStore(shelf));
  return new Promise((resolve, reject) => {
    // Only what is committed is kept.
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error ?? new Error('the browser keeps nothing'));
  });
}

export const keepThings = (shelf: Shelf, thing: { id: string }): Promise<unknown> =>
  run(shelf, 'readwrite', (store) => store.put(thing));

export const keptThings = <T>(shelf: Shelf): Promise<T[]> =>
  run(shelf, 'readonly', (store) => store.getAll() as IDBRequest<T[]>);

export const dropThing = (shelf: Shelf, id: string): Promise<unknown> =>
  run(shelf, 'readwrite', (store) => store.delete(id));
