import { z } from 'zod';
import { APPROVAL_STATES } from '../../domain/visits/approvals';
import { departmentCode, instant, pageOf, pageQuery, ref, regionCode } from './common';
import { frequencyWarning } from './visit-frequency';

const approvalState = z.enum(APPROVAL_STATES);

const inspection = z
  .object({
    visit: z.object({ id: z.int(), number: z.int(), entity: z.string(), regionCode }),
    department: ref,
    items: z.array(ref),
    inspectors: z.array(ref),
    state: approvalState,
    concerns: z
      .array(z.string())
      .meta({ description: 'what the head looks at before approving; with any of it not approved in bulk' }),
    frequency: z
      .array(frequencyWarning)
      .meta({ description: 'of too frequent inspections; with any of it not approved in bulk' }),
    note: z.string(),
    decidedBy: z.string().nullable(),
    decidedAt: instant.nullable(),
    answer: z.string().meta({ description: 'what the department did about a return' }),
    answeredBy: z.string().nullable(),
    mayDecide: z.boolean(),
    mayAnswer: z.boolean(),
  })
  .meta({ id: 'Inspection' });

export const inspectionQuery = pageQuery.extend({ department: departmentCode.optional() });

export const inspectionPage = pageOf(inspection).extend({
  isDemanded: z.boolean(),
  departments: z.array(
    z.object({
      department: ref,
      waiting: z.int(),
      approved: z.int(),
      returned: z.int(),
      mayDecide: z.boolean(),
    }),
  ),
});

export const inspectionDecision = z
  .object({
    department: departmentCode,
    decision: z.enum(['approve', 'return']),
    visits: z
      .array(z.int())
      .min(1)
      .max(5000)
      .nullable()
      .default(null)
      .meta({ description: 'ids; null: all that wait and give no concern' }),
    note: z.string().trim().max(500).default('').meta({ description: 'demanded for a return' }),
  })
  .meta({ id: 'InspectionDecision' });

export const inspectionsDecided = z
  .object({
    decided: z.int(),
    left: z.int().meta({ description: 'inspections of the department that still wait' }),
  })
  .meta({ id: 'InspectionsDecided' });

export const inspectionAnswer = z
  .object({ department: departmentCode, answer: z.string().trim().min(1).max(500) })
  .meta({ id: 'InspectionAnswer' });

/** Of a visit's page. */
export const visitApproval = z.object({
  department: ref,
  state: approvalState,
  note: z.string(),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  mayAnswer: z.boolean(),
});
