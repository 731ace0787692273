import { ARCHIVE_TAMPERINGS } from './archive';
import { ASSIGNMENT_TAMPERINGS } from './assignments';
import { CEREMONY_TAMPERINGS } from './ceremony';
import { LIST_TAMPERINGS } from './lists';
import { MANIFEST_TAMPERINGS } from './manifest';
import { RESULT_TAMPERINGS } from './results';

/** By what they touch. */
export const TAMPERINGS = {
  'frozen lists': LIST_TAMPERINGS,
  manifest: MANIFEST_TAMPERINGS,
  'seals, values, seed': CEREMONY_TAMPERINGS,
  'drawn entities and visits': RESULT_TAMPERINGS,
  assignments: ASSIGNMENT_TAMPERINGS,
  archive: ARCHIVE_TAMPERINGS,
};
