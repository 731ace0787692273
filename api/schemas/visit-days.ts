import { z } from 'zod';
import { CONFLICT_KINDS, DAY_PARTS } from '../../domain/visits/visit-days';
import { day, departmentCode, instant, ref } from './common';

const part = z.enum(DAY_PARTS).meta({ example: 'morning' });

const conflictOfDay = z.object({
  kind: z.enum(CONFLICT_KINDS),
  inspector: z.string(),
  name: z.string(),
  department: departmentCode,
  text: z.string().meta({ description: 'for people, in Chinese' }),
});

const proposedDay = z.object({
  id: z.int(),
  number: z.int(),
  day,
  part,
  reason: z.string(),
  proposedBy: z.string(),
  department: ref,
  proposedAt: instant,
  fixedAt: instant.nullable(),
  replacedAt: instant.nullable(),
  agreements: z.array(z.object({ department: ref, by: z.string(), at: instant })),
});

export const visitDay = z
  .object({
    standing: proposedDay.nullable().meta({ description: 'null: nobody has proposed a day' }),
    before: z
      .array(proposedDay)
      .meta({ description: 'what another proposal took the place of, latest first' }),
    awaited: z.array(ref).meta({ description: 'departments that have not agreed to the standing day' }),
    conflicts: z.array(conflictOfDay).meta({ description: 'of the standing day' }),
    nearby: z
      .array(
        z.object({
          campaign: ref,
          number: z.int(),
          day: day.nullable(),
          part: part.nullable(),
          from: day,
          to: day,
        }),
      )
      .meta({ description: 'what other campaigns still visit at the same entity' }),
    window: z.object({ from: day, to: day }),
    mayPropose: z.boolean(),
    mayAgree: z.boolean(),
    proposesFirst: ref.nullable().meta({ description: 'whose team proposes where nobody has' }),
  })
  .meta({ id: 'VisitDay' });

export const dayQuery = z.object({ day, part: z.enum(DAY_PARTS).default('day') });

export const dayCheck = z
  .object({
    conflicts: z.array(conflictOfDay),
    isWorkingDay: z.boolean(),
  })
  .meta({ id: 'VisitDayCheck' });

export const dayProposal = z
  .object({
    day,
    part,
    reason: z.string().trim().max(200).default('').meta({
      description: 'demanded for another day than the standing one, and for a day off',
    }),
  })
  .meta({ id: 'VisitDayProposal' });

export const dayAgreement = z
  .object({ proposal: z.int().meta({ description: 'what the person has seen and agrees to' }) })
  .meta({ id: 'VisitDayAgreement' });

export const periodQuery = z.object({ from: day, to: day });

const plannedVisit = z
  .object({
    id: z.int(),
    number: z.int(),
    campaign: ref,
    entity: z.object({ name: z.string(), regionCode: z.string(), address: z.string() }),
    day: day.nullable(),
    part: part.nullable(),
    isFixed: z.boolean(),
    isFinished: z.boolean(),
    window: z.object({ from: day, to: day }),
    inspectors: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        department: departmentCode,
        conflicts: z.array(z.enum(CONFLICT_KINDS)),
      }),
    ),
  })
  .meta({ id: 'PlannedVisit' });

export const visitCalendar = z
  .object({
    rows: z.array(plannedVisit),
    isCut: z.boolean().meta({ description: 'more visits than are shown' }),
    undated: z.array(plannedVisit).meta({ description: 'owed, without a day; those that end first' }),
    daysOff: z.array(day).meta({ description: 'of the period' }),
  })
  .meta({ id: 'VisitCalendar' });
