import { bulletin } from './kinds/bulletin';
import { campaignReport } from './kinds/campaign-report';
import { ceremonyMinutes } from './kinds/ceremony-minutes';
import { blankForm, filledForm } from './kinds/check-form';
import { notice } from './kinds/notice';
import { rectificationOrder } from './kinds/rectification-order';
import type { DataOf } from './fields';

/** In the order in which the work meets them. */
export const KINDS = {
  notice,
  'check-form-blank': blankForm,
  'check-form-filled': filledForm,
  'rectification-order': rectificationOrder,
  'ceremony-minutes': ceremonyMinutes,
  bulletin,
  'campaign-report': campaignReport,
} as const;

export type DocumentKind = keyof typeof KINDS;

export const DOCUMENT_KINDS = Object.keys(KINDS) as [DocumentKind, ...DocumentKind[]];

export type DocumentData<K extends DocumentKind> = DataOf<(typeof KINDS)[K]['fields']>;
