import { z } from 'zod';
import { ALL_EVIDENCE_TYPES } from '../../domain/evidence/types';
import { instant } from './common';

export const evidence = z
  .object({
    id: z.int(),
    item: z.string(),
    question: z.string().nullable().meta({ description: 'null: of the item as a whole' }),
    type: z.enum(ALL_EVIDENCE_TYPES),
    isPhoto: z.boolean(),
    fileName: z.string(),
    size: z.int(),
    sha256: z.string(),
    uploadedBy: z.string(),
    uploadedAt: instant,
    mayRemove: z.boolean(),
  })
  .meta({ id: 'Evidence' });

export const evidenceQuery = z.object({
  item: z.string().max(40),
  question: z.string().max(100).optional().meta({ description: 'key of the photo question that it answers' }),
  fileName: z.string().trim().min(1, '请给出文件名').max(200),
});

export const evidenceRules = z
  .object({
    fileBytes: z.int(),
    visitBytes: z.int(),
    mediaTypes: z.array(z.string()),
    keepsOriginals: z.boolean(),
  })
  .meta({ id: 'EvidenceRules' });
