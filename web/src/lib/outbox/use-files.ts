import { useSyncExternalStore } from 'react';
import { pendingFiles, watchFiles } from './files';

/** What is on its way to the server, in every visit of who is signed in. */
export const usePendingFiles = () => useSyncExternalStore(watchFiles, pendingFiles);
