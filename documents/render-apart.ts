/** Renders in a thread of its own, one document after the other: the API goes on answering meanwhile. */
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { unavailable } from '../domain/errors';
import type { Renderer, RenderJob } from './render';

/** More than that many people waiting for a document each are told to come back. */
const MOST_WAITING = 20;
const MOST_MS = 60_000;
const MOST_MEMORY_MB = 512;

/** What the thread answers. */
export type Rendered = { file: Uint8Array } | { error: string };

interface Waiting {
  job: RenderJob;
  resolve: (file: Uint8Array) => void;
  reject: (error: Error) => void;
}

export interface RenderThread {
  render: Renderer;
  close: () => Promise<void>;
}

/** `file`: what the thread runs, compiled. */
export function renderThread(file = path.join(__dirname, 'render-worker.js')): RenderThread {
  const queue: Waiting[] = [];
  let thread: Worker | null = null;
  let current: Waiting | null = null;
  let alarm: NodeJS.Timeout | null = null;

  function next(): void {
    if (current !== null) return;
    current = queue.shift() ?? null;
    if (current === null) {
      // A thread that waits must not keep the process.
      thread?.unref();
      return;
    }
    thread ??= begin();
    thread.ref();
    alarm = setTimeout(() => void thread?.terminate(), MOST_MS);
    thread.postMessage(current.job);
  }

  function begin(): Worker {
    const begun = new Worker(file, {
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
    });
    begun.on('message', (answer: Rendered) => {
      settle((waiting) => {
        if ('file' in answer) waiting.resolve(answer.file);
        else waiting.reject(new Error(answer.error));
      });
    });
    begun.on('error', (error) => settle((waiting) => waiting.reject(error)));
    begun.on('exit', () => {
      if (thread === begun) thread = null;
      settle((waiting) =>
        waiting.reject(unavailable('document-too-long', '文书太长，未能在规定的时间内生成。')),
      );
    });
    return begun;
  }

  function settle(how: (waiting: Waiting) => void): void {
    if (alarm) clearTimeout(alarm);
    const done = current;
    current = null;
    if (done) how(done);
    next();
  }

  return {
    render: (job) =>
      new Promise((resolve, reject) => {
        if (queue.length >= MOST_WAITING) {
          reject(unavailable('documents-busy', '正在生成的文书较多，请稍后再试。'));
          return;
        }
        queue.push({ job, resolve, reject });
        next();
      }),
    close: async () => {
      await thread?.terminate();
    },
  };
}
