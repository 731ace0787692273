/** By what an operator finds a workflow in Temporal's own page (docs/operations/temporal.md). */
import { patched, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { defineSearchAttributeKey, SearchAttributeType, type SearchAttributePair } from '@temporalio/common';
import { SEARCH_ATTRIBUTES } from '../domain/names';

export interface Marks {
  campaign?: string | undefined;
  department?: string | undefined;
  stage?: string;
  regions?: string[] | undefined;
  caseId?: string;
  entity?: string | undefined;
}

const keyword = ({ name }: { name: string }) => defineSearchAttributeKey(name, SearchAttributeType.KEYWORD);
const KEYS = {
  campaign: keyword(SEARCH_ATTRIBUTES.campaign),
  department: keyword(SEARCH_ATTRIBUTES.department),
  stage: keyword(SEARCH_ATTRIBUTES.stage),
  caseId: keyword(SEARCH_ATTRIBUTES.caseId),
  entity: keyword(SEARCH_ATTRIBUTES.entity),
};
const REGIONS = defineSearchAttributeKey(SEARCH_ATTRIBUTES.regions.name, SearchAttributeType.KEYWORD_LIST);

/** Shows what is not shown yet; what is left out stays as it is. */
export function showMarks({ regions, ...single }: Marks): void {
  const shown = workflowInfo().typedSearchAttributes;
  const changed: SearchAttributePair[] = [];
  for (const name of Object.keys(KEYS) as (keyof typeof KEYS)[]) {
    const value = single[name];
    if (value !== undefined && shown.get(KEYS[name]) !== value) changed.push({ key: KEYS[name], value });
  }
  if (regions !== undefined && shown.get(REGIONS)?.join() !== regions.join()) {
    changed.push({ key: REGIONS, value: regions });
  }
  if (changed.length > 0 && patched('search-attributes')) upsertSearchAttributes(changed);
}
