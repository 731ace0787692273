import { ARCHIVE_TAMPERINGS } from './archive';
import { ASSIGNMENT_TAMPERINGS } from './assignments';
import { CEREMONY_TAMPERINGS } from './ceremony';
import { CEREMONY_LINE_TAMPERINGS } from './ended-ceremonies';
import { LIST_TAMPERINGS } from './lists';
import { MANIFEST_TAMPERINGS } from './manifest';
import { LINE_TAMPERINGS } from './record-lines';
import { REPLACEMENT_TAMPERINGS } from './replacements';
import { RESULT_TAMPERINGS } from './results';
import { SUPPLEMENT_TAMPERINGS } from './supplements';

/** By what they touch. */
export const TAMPERINGS = {
  'frozen lists': LIST_TAMPERINGS,
  manifest: MANIFEST_TAMPERINGS,
  'seals, values, seed': CEREMONY_TAMPERINGS,
  'drawn entities and visits': RESULT_TAMPERINGS,
  assignments: ASSIGNMENT_TAMPERINGS,
  archive: ARCHIVE_TAMPERINGS,
};

/** Of what is published beside a bundle. */
export const BESIDE_TAMPERINGS = {
  'record.jsonl: its lines': LINE_TAMPERINGS,
  'record.jsonl: replacements': REPLACEMENT_TAMPERINGS,
  'record.jsonl: supplementary draws': SUPPLEMENT_TAMPERINGS,
  'ceremonies.jsonl, void ceremonies': CEREMONY_LINE_TAMPERINGS,
};
