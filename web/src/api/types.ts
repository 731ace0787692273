import type { components } from './schema';

type Schemas = components['schemas'];

export type Campaign = Schemas['Campaign'];
export type CampaignSummary = Schemas['CampaignSummary'];
export type CampaignPlan = Schemas['CampaignPlan'];
export type Stage = CampaignSummary['stage'];
export type Command = Campaign['possibleCommands'][number];
export type Ceremony = NonNullable<Campaign['ceremony']>;
export type Me = Schemas['Me'];
export type Role = Me['grants'][number]['role'];
export type Task = Schemas['Task'];
export type Notice = Schemas['Notice'];
export type Visit = Schemas['Visit'];
export type VisitDetail = Schemas['VisitDetail'];
export type VisitItem = Visit['items'][number];
export type Section = VisitDetail['forms'][number]['sections'][number];
export type Question = Section['questions'][number];
export type UrgingOrder = Schemas['UrgingOrder'];
export type HandlingCase = Schemas['HandlingCase'];
export type OversightRow = Schemas['OversightRow'];
export type Item = Schemas['Item'];
export type PublicCampaignDetail = Schemas['PublicCampaignDetail'];
export type CeremonyRecord = Schemas['CeremonyRecord'];
export type WatchedCeremony = NonNullable<CeremonyRecord['ceremony']>;
export type CeremonyLine = Schemas['CeremonyLine'];
export type Witness = Schemas['Witness'];
export type PublicCeremony = Schemas['PublicCeremony'];
