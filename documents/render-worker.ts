/** The thread in which documents are rendered (render-apart.ts). */
import { parentPort } from 'node:worker_threads';
import { renderDocument, type RenderJob } from './render';
import type { Rendered } from './render-apart';

parentPort?.on('message', (job: RenderJob) => {
  void renderDocument(job)
    .then((file): Rendered => ({ file }))
    .catch((error: unknown): Rendered => ({ error: (error as Error).stack ?? String(error) }))
    .then((answer) => parentPort?.postMessage(answer));
});
