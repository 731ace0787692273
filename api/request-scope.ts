/** From which request the code that runs comes: known to whatever it calls, without being handed through. */
import { AsyncLocalStorage } from 'node:async_hooks';

export const requestScope = new AsyncLocalStorage<{ requestId: string }>();
