import { isDeepStrictEqual } from 'node:util';
import { until } from '../../support/until';
import { PATIENCE_MS } from './visitors';

/** A page is read while it still loads and changes: what it shows has to become this. Throws with what it showed last. */
export const eventually = async <T>(read: () => Promise<T>, expected: T): Promise<void> => {
  await until(read, (seen) => isDeepStrictEqual(seen, expected), PATIENCE_MS);
};
