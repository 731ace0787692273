/** Evidence for tests: real files of each kind, and a place to keep them. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { ALL_EVIDENCE_TYPES } from '../../domain/evidence/types';
import { folderStore } from '../../evidence/folder-store';
import type { EvidencePolicy } from '../../evidence/receive';
import type { EvidenceStore } from '../../evidence/store';

export const EVIDENCE_POLICY: EvidencePolicy = {
  fileBytes: 1 << 20,
  visitBytes: 3 << 20,
  types: ALL_EVIDENCE_TYPES,
  keepsOriginals: false,
};

export interface TestEvidence {
  folder: string;
  store: EvidenceStore;
  policy: EvidencePolicy;
  remove: () => void;
}

export function testEvidence(policy: Partial<EvidencePolicy> = {}): TestEvidence {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'onevisit-evidence-test-'));
  return {
    folder,
    store: folderStore(folder),
    policy: { ...EVIDENCE_POLICY, ...policy },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const FILES = path.resolve(__dirname, '../fixtures/evidence');

/** A real file, as a camera or an office program writes it. */
export const evidenceFile = (name: string): Buffer => readFileSync(path.join(FILES, name));

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

/** A picture of one colour; another number is another picture. */
export function png(colour: number, side = 16): Buffer {
  const row = Buffer.concat([
    Buffer.from([0]),
    Buffer.alloc(side * 3, Buffer.from([colour & 255, colour >> 8, 90])),
  ]);
  const rows = Buffer.concat(Array.from({ length: side }, () => row));
  const head = Buffer.concat([u32(side), u32(side), Buffer.from([8, 2, 0, 0, 0])]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(kind: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), content]);
  return Buffer.concat([u32(content.length), named, u32(crc32(named))]);
}
