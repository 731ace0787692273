import { campaign } from './campaign';
import { ceremonyTexts } from './ceremony';
import { common } from './common';
import { open } from './open';
import { simulation } from './simulation';
import { statistics } from './statistics';
import { work } from './work';

export const zh = {
  ...common,
  ...work,
  ...campaign,
  ...ceremonyTexts,
  ...open,
  ...simulation,
  ...statistics,
};
