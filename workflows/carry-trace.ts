/**
 * Hands on from which request something comes: from an update or signal to the activities, signals and workflows that it
 * leads to. Headers only: commands and their order are the same with it as without.
 */
import { AsyncLocalStorage, type Headers, type WorkflowInterceptorsFactory } from '@temporalio/workflow';
import { CARRIED_HEADER } from '../domain/names';

const handling = new AsyncLocalStorage<Headers>();

export const interceptors: WorkflowInterceptorsFactory = () => {
  /** A signal only wakes the main function: what that does first is because of it. */
  let woken: Headers = {};

  const carried = (): Headers => {
    const own = handling.getStore();
    if (own) return own;
    const last = woken;
    woken = {};
    return last;
  };
  // None of these is async: a promise more would change the order of commands in workflows that run.
  const withCarried = <I extends { headers: Headers }>(input: I): I => ({
    ...input,
    headers: { ...input.headers, ...carried() },
  });
  return {
    inbound: [
      {
        execute: (input, next) => {
          woken = carriedOf(input.headers);
          return next(input);
        },
        handleSignal: (input, next) => {
          const header = carriedOf(input.headers);
          if (CARRIED_HEADER in header) woken = header;
          return next(input);
        },
        handleUpdate: (input, next) => handling.run(carriedOf(input.headers), () => next(input)),
      },
    ],
    outbound: [
      {
        scheduleActivity: (input, next) => next(withCarried(input)),
        signalWorkflow: (input, next) => next(withCarried(input)),
        startChildWorkflowExecution: (input, next) => next(withCarried(input)),
      },
    ],
  };
};

function carriedOf(headers: Headers): Headers {
  const header = headers[CARRIED_HEADER];
  return header ? { [CARRIED_HEADER]: header } : {};
}
