import type { CheckId } from '../../../server/verify/report';
import type { BundleFiles } from '../bundle-files';
import type { Mode } from '../drawn-bundles';
import type { Effort, Origin } from '../repair';

/** One way to cheat: what is changed, and for each effort of the forger which check has to find it. */
export interface Tampering {
  name: string;
  mode: Mode;
  origin: Origin;
  found: Partial<Record<Effort, CheckId>>;
  /** Changes the files; what is changed in the ZIP itself is changed by `zip`. */
  change?: (bundle: BundleFiles) => void;
  zip?: (bundle: BundleFiles) => Promise<Buffer>;
}

type Change = (bundle: BundleFiles) => void;

/**
 * A frozen list or the manifest: the seals of the departments hang on the commitment, and the commitment was
 * published. `inner` finds it even where the forger invents a whole new ceremony.
 */
export const frozen = (
  origin: 'lists' | 'manifest',
  name: string,
  inner: CheckId | null,
  change: Change,
  mode: Mode = 'joint',
): Tampering => ({
  name,
  mode,
  origin,
  change,
  found: {
    edit: 'sums',
    sums: inner ?? (origin === 'lists' ? 'populations' : 'contributions'),
    digests: inner ?? 'contributions',
    all: inner ?? 'published',
  },
});

/** What comes after the commitment: the forger can recompute what follows, not what came before. */
export const later = (
  origin: Exclude<Origin, 'lists' | 'manifest'>,
  name: string,
  inner: CheckId,
  change: Change,
  { all = inner, mode = 'joint' }: { all?: CheckId | null; mode?: Mode } = {},
): Tampering => ({
  name,
  mode,
  origin,
  change,
  found: { edit: 'sums', sums: inner, ...(all === null || origin === 'assignments' ? {} : { all }) },
});
