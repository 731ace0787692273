import { amendments } from './amendments';
import { annual } from './annual';
import { auditTexts } from './audit';
import { board } from './board';
import { bulletin } from './bulletin';
import { ceremonyTexts } from './ceremony';
import { common } from './common';
import { evidenceTexts } from './evidence';
import { itemTexts } from './items';
import { objectionTexts } from './objections';
import { open } from './open';
import { openPageTexts } from './open-pages';
import { policy } from './policy';
import { simulation } from './simulation';
import { strata } from './strata';
import { visitPaperTexts } from './visit-papers';
import { visitTexts } from './visits';
import { work } from './work';

/** The texts of the pages for everybody, with what they share with the office: no others are loaded there. */
export const publicTexts = {
  ...common,
  ...work,
  ...visitTexts,
  ...visitPaperTexts,
  ...objectionTexts,
  ...annual,
  ...amendments,
  ...ceremonyTexts,
  ...open,
  ...openPageTexts,
  ...evidenceTexts,
  ...itemTexts,
  ...policy,
  ...simulation,
  ...strata,
  ...board,
  ...auditTexts,
  ...bulletin,
};
