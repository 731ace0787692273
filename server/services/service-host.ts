import { StartError } from '../start-error';
import { endOwnChildren } from './own-children';

/** What a child of the supervisor tells it. `fatal` means: trying again can't help, the user must act. */
export type ServiceMessage =
  | { type: 'progress'; text: string }
  | { type: 'ready'; details: ServiceDetails }
  | { type: 'fatal'; message: string };

/** `pid` is the real server's where the service runs one; the rest is shown and kept in run.json. */
export type ServiceDetails = { pid?: number } & Record<string, unknown>;

export interface RunningService {
  details: ServiceDetails;
  /** Ends the service; called once. */
  stop: () => Promise<void>;
  /** Settles when the service died by itself, with the reason. */
  died?: Promise<string>;
}

/**
 * Life of a service's process: starts it, reports to the supervisor, and ends it on SIGTERM or when the supervisor is
 * gone. Under a supervisor Ctrl-C is its business: it stops the parts in their order. Alone, Ctrl-C ends it too.
 */
export function hostService(start: (progress: (text: string) => void) => Promise<RunningService>): void {
  let service: RunningService | null = null;
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    void (service?.stop() ?? endOwnChildren()).then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', () => {
    if (!process.connected) stop();
  });
  process.on('SIGTERM', stop);
  process.on('SIGHUP', stop);
  process.on('disconnect', stop);

  start((text) => {
    tell({ type: 'progress', text });
  }).then(
    (started) => {
      service = started;
      if (stopping) {
        void started.stop().finally(() => process.exit(0));
        return;
      }
      tell({ type: 'ready', details: started.details });
      void started.died?.then((reason) => {
        if (stopping) return;
        console.error(reason);
        process.exit(1);
      });
    },
    async (error: unknown) => {
      if (stopping) return;
      console.error(error instanceof StartError ? error.message : error);
      await endOwnChildren();
      if (!(error instanceof StartError) || !process.connected) process.exit(1);
      const message: ServiceMessage = { type: 'fatal', message: error.message };
      process.send?.(message, () => process.exit(1));
    },
  );
}

function tell(message: ServiceMessage): void {
  if (process.connected) process.send?.(message);
  else if (message.type === 'progress') console.log(message.text);
  else if (message.type === 'ready') console.log('已就绪 ready');
}
