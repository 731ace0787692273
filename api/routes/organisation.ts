import { listDepartments, listRegions } from '../../db/organisation';
import { readTagRules } from '../../db/tag-rules';
import { industryCodes, industryName } from '../../domain/registry/industry';
import { DEFAULT_TAG_RULES } from '../../domain/registry/tag-rules';
import { organisationContract as contract } from '../contract/organisation';
import { implement } from '../implement';

export const organisationRoutes = [
  implement(contract.listRegions, async (_request, { db }) => ({ rows: await listRegions(db) })),

  implement(contract.listDepartments, async (_request, { db }) => ({
    rows: (await listDepartments(db)).map(({ code, name, short_name, region_code, kind }) => ({
      code,
      name,
      shortName: short_name,
      regionCode: region_code,
      kind,
    })),
  })),

  implement(contract.listTags, async (_request, { db }) => ({
    rows: (await readTagRules(db, DEFAULT_TAG_RULES)).map(({ tag, label }) => ({ tag, label })),
  })),

  implement(contract.listIndustries, () =>
    Promise.resolve({
      rows: industryCodes().map((code) => ({ code, name: industryName(code) })),
    }),
  ),
];
