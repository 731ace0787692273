import { accountTexts } from './account';
import { amendments } from './amendments';
import { annual } from './annual';
import { auditTexts } from './audit';
import { board } from './board';
import { bulletin } from './bulletin';
import { campaign } from './campaign';
import { capped } from './capped';
import { ceremonyTexts } from './ceremony';
import { common } from './common';
import { correctionTexts } from './corrections';
import { apiKeyTexts } from './api-keys';
import { deliveryTexts } from './deliveries';
import { frequencyTexts } from './frequency';
import { handlingTexts } from './handling';
import { evidenceTexts } from './evidence';
import { importTexts } from './imports';
import { inspectorTexts } from './inspectors';
import { itemTexts } from './items';
import { efforts } from './efforts';
import { mailTexts } from './mails';
import { personalTexts } from './personal';
import { objectionTexts } from './objections';
import { open } from './open';
import { regionCodeTexts } from './region-codes';
import { registryTexts } from './registry';
import { policy } from './policy';
import { simulation } from './simulation';
import { statistics } from './statistics';
import { strata } from './strata';
import { tagRuleTexts } from './tag-rules';
import { deadlinePolicyTexts } from './deadline-policy';
import { taskTexts } from './tasks';
import { trainingTexts } from './training';
import { urging } from './urging';
import { userTexts } from './users';
import { visitPaperTexts } from './visit-papers';
import { visitTexts } from './visits';
import { work } from './work';

export const en = {
  ...common,
  ...accountTexts,
  ...userTexts,
  ...work,
  ...visitTexts,
  ...visitPaperTexts,
  ...correctionTexts,
  ...objectionTexts,
  ...frequencyTexts,
  ...handlingTexts,
  ...campaign,
  ...annual,
  ...amendments,
  ...capped,
  ...ceremonyTexts,
  ...open,
  ...evidenceTexts,
  ...importTexts,
  ...inspectorTexts,
  ...itemTexts,
  ...regionCodeTexts,
  ...efforts,
  ...mailTexts,
  ...apiKeyTexts,
  ...personalTexts,
  ...deliveryTexts,
  ...registryTexts,
  ...tagRuleTexts,
  ...policy,
  ...simulation,
  ...statistics,
  ...strata,
  ...deadlinePolicyTexts,
  ...taskTexts,
  ...trainingTexts,
  ...board,
  ...auditTexts,
  ...bulletin,
  ...urging,
};
