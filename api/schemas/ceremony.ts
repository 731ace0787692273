import { z } from 'zod';
import { STAGES } from '../../domain/campaigns';
import { CEREMONY_PHASES } from '../../domain/draw/ceremony-phase';
import { ROLES } from '../../domain/roles';
import { WITNESS_CAPACITIES } from '../../domain/witnesses';
import { day, instant, ppm, ref } from './common';

const capacity = z.enum(WITNESS_CAPACITIES);

export const witnessBody = z.object({
  capacity,
  name: z.string().trim().min(1, '请填写姓名').max(60),
  organisation: z.string().trim().max(120).default(''),
  note: z.string().trim().max(300).default(''),
  namePublic: z
    .boolean()
    .default(false)
    .meta({ description: 'the person agreed that name and organisation are published' }),
});

/** For officials: with the name, whoever agreed to what. */
export const witness = witnessBody.extend({ id: z.int(), recordedAt: instant }).meta({ id: 'Witness' });

const entryBy = z.object({ department: z.string(), role: z.enum(ROLES), at: instant });

/** Round after round until two persons agree; a value is shown when both have entered theirs. */
export const publicValueRound = z
  .object({
    round: z.int(),
    outcome: z.enum(['pending', 'agreed', 'differing']),
    entries: z.array(
      entryBy.extend({
        value: z.string().nullable().meta({ description: 'null while the second person has not entered' }),
        number: z.string().nullable(),
        on: day.nullable(),
        source: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'PublicValueRound' });

const contribution = z.object({
  contributor: z.string(),
  name: z.string().nullable().meta({ description: 'of a department; null for a public source' }),
  seal: z.string().nullable(),
  sealedAt: instant.nullable(),
  value: z.string().nullable(),
  source: z.string().nullable(),
  revealedAt: instant.nullable(),
});

const ceremony = z.object({
  number: z.int(),
  phase: z.enum(CEREMONY_PHASES),
  frozenAt: instant,
  commitment: z.string(),
  mode: z.enum(['joint', 'per_item']),
  deadline: instant.nullable().meta({ description: 'until when departments seal or reveal' }),
  entities: z.int(),
  inspectors: z.int(),
  capped: z.int(),
  contributions: z.array(contribution),
  publicValues: z.array(z.object({ contributor: z.string(), rounds: z.array(publicValueRound) })),
  strata: z.array(
    z.object({ item: ref, stratum: z.string(), size: z.int(), ratioPpm: ppm, sample: z.int() }),
  ),
  teams: z.array(ref.extend({ size: z.int() })),
  seed: z.string().nullable(),
  visits: z.int(),
  unfilled: z.array(z.object({ department: z.string(), missing: z.int(), rules: z.array(z.string()) })),
  bundleSha256: z.string().nullable(),
  amendments: z.int().meta({ description: 'changes on the public record since the draw' }),
  endedAt: instant.nullable().meta({ description: 'drawn, or void' }),
  voidReason: z.string().nullable(),
  withheld: z.array(ref).meta({ description: 'departments by which the ceremony is void' }),
  witnesses: z.array(
    z.object({ capacity, name: z.string().nullable(), organisation: z.string().nullable() }),
  ),
});

export const ceremonyRecord = z
  .object({
    campaign: ref.extend({
      stage: z.enum(STAGES),
      stageReason: z.string().nullable(),
      leadDepartment: z.string(),
      regions: z.array(z.string()),
      visitFrom: day,
      visitTo: day,
    }),
    publicUrl: z.string().meta({ description: "the campaign's public page" }),
    ceremony: ceremony.nullable().meta({ description: 'null: the registries are not frozen yet' }),
    others: z.array(
      z.object({
        number: z.int(),
        status: z.enum(['sealing', 'revealing', 'drawn', 'void']),
        voidReason: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'CeremonyRecord' });

/** One line of the list of ceremonies: planned where nothing is frozen yet. */
export const ceremonyLine = z
  .object({
    campaign: ref,
    leadDepartment: z.string(),
    number: z.int().nullable(),
    status: z.enum(['planned', 'sealing', 'revealing', 'drawn', 'void']),
    frozenAt: instant.nullable(),
    endedAt: instant.nullable(),
    voidReason: z.string().nullable(),
    commitment: z.string().nullable(),
    bundleSha256: z
      .string()
      .nullable()
      .meta({ description: 'of what the verifier computes again; null until drawn' }),
  })
  .meta({ id: 'CeremonyLine' });
