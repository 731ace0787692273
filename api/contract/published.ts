/**
 * Texts of requests that the public is going to read: none is taken with somebody's number in it (plan 4.2; PIPL art. 25).
 * By the endpoint's id, the fields of the body; `*`: all of it. Corrections of results and of what was published are
 * stricter still, and say so themselves (domain/visits/mask.ts).
 */
export const PUBLISHED_TEXTS: Readonly<Record<string, readonly string[]>> = {
  createItem: ['*'],
  editItem: ['*'],
  withdrawItem: ['reason'],
  createCampaign: ['name'],
  editCampaign: ['name'],
  cancelCampaign: ['reason'],
  recordPublicValue: ['source'],
  recordWitness: ['name', 'organisation', 'note'],
  requestAmendment: ['reason'],
  approveAmendment: ['note'],
  refuseAmendment: ['note'],
  // In the files of the draw.
  declareExclusion: ['reason'],
  addPlanLine: ['note'],
  editPlanLine: ['note'],
  commandAnnualPlan: ['reason'],
  editBulletin: ['title', 'texts'],
  commandBulletin: ['reason'],
};
