/** The workflows a worker carries. */
export { annualPlan } from './annual-plan';
export { auditCheckpoint } from './audit-checkpoint';
export { bulletin } from './bulletin';
export { campaign } from './campaign';
export { deliveries } from './deliveries';
export { exchange } from './exchange';
export { handling } from './handling';
export { mailReports } from './mail-reports';
export { notices } from './notices';
export { oversight } from './oversight';
export { registryImports } from './registry-imports';
export { retention } from './retention';
export { tagRuleSaves } from './tag-rule-saves';
