import { accountTexts } from './account';
import { campaign } from './campaign';
import { capped } from './capped';
import { correctionTexts } from './corrections';
import { apiKeyTexts } from './api-keys';
import { deliveryTexts } from './deliveries';
import { documentTexts } from './documents';
import { frequencyTexts } from './frequency';
import { handlingTexts } from './handling';
import { importTexts } from './imports';
import { inspectorTexts } from './inspectors';
import { efforts } from './efforts';
import { mailTexts } from './mails';
import { personalTexts } from './personal';
import { publicTexts } from './public';
import { regionCodeTexts } from './region-codes';
import { registryTexts } from './registry';
import { searchTexts } from './search';
import { statistics } from './statistics';
import { tagRuleTexts } from './tag-rules';
import { deadlinePolicyTexts } from './deadline-policy';
import { taskTexts } from './tasks';
import { trainingTexts } from './training';
import { urging } from './urging';
import { userTexts } from './users';
import { wizardTexts } from './wizard';

export const zh = {
  ...publicTexts,
  ...searchTexts,
  ...wizardTexts,
  ...accountTexts,
  ...userTexts,
  ...correctionTexts,
  ...documentTexts,
  ...frequencyTexts,
  ...handlingTexts,
  ...campaign,
  ...capped,
  ...importTexts,
  ...inspectorTexts,
  ...regionCodeTexts,
  ...efforts,
  ...mailTexts,
  ...apiKeyTexts,
  ...personalTexts,
  ...deliveryTexts,
  ...registryTexts,
  ...tagRuleTexts,
  ...statistics,
  ...deadlinePolicyTexts,
  ...taskTexts,
  ...trainingTexts,
  ...urging,
};
