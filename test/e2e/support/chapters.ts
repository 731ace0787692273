import path from 'node:path';
import type { Visitors } from './visitors';

/** Many people's browsers share the machine with whatever else runs there. */
const PATIENCE_MS = 300_000;
const PICTURES = path.resolve(__dirname, '../../../.onevisit/failed-tests');

/**
 * Tests that tell one story: each goes on where the one before it ended. After a failure the others fail at once, in
 * place of each waiting for what can't come any more. What everybody saw at the failure is kept in pictures.
 */
export function chapters(visitors?: () => Visitors): (name: string, tell: () => Promise<void>) => void {
  let broken: string | null = null;
  return (name, tell) => {
    test(
      name,
      async () => {
        if (broken !== null) throw new Error(`“${broken}” failed before`);
        broken = name;
        try {
          await tell();
        } catch (error) {
          await visitors?.().photograph(path.join(PICTURES, name));
          throw error;
        }
        broken = null;
      },
      PATIENCE_MS,
    );
  };
}
