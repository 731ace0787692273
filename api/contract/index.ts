import { campaignsContract } from './campaigns';
import { ceremonyContract } from './ceremony';
import { itemsContract } from './items';
import { organisationContract } from './organisation';
import { publicContract } from './public';
import { registriesContract } from './registries';
import { workContract } from './work';

export const contract = {
  ...organisationContract,
  ...registriesContract,
  ...itemsContract,
  ...campaignsContract,
  ...ceremonyContract,
  ...workContract,
  ...publicContract,
};
