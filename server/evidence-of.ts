import { bucketStore } from '../evidence/bucket-store';
import { folderStore } from '../evidence/folder-store';
import type { EvidencePolicy } from '../evidence/receive';
import type { EvidenceStore } from '../evidence/store';
import type { Config } from './config';

const MB = 1 << 20;

/** Where evidence lies and what is taken, as configured. */
export const evidenceOf = (config: Config): { store: EvidenceStore; policy: EvidencePolicy } => ({
  store:
    config.evidenceBucketUrl === null
      ? folderStore(config.evidenceFolder)
      : bucketStore(config.evidenceBucketUrl),
  policy: {
    fileBytes: config.evidenceFileMb * MB,
    visitBytes: config.evidenceVisitMb * MB,
    types: config.evidenceTypes,
    keepsOriginals: config.evidenceKeepsOriginals,
  },
});
