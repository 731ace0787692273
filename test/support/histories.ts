/** Recorded histories of workflows: a release's are replayed by every later one (CONTRIBUTING.md, "Record"). */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Client } from '@temporalio/client';
import { version } from '../../package.json';

const FOLDER = path.join(__dirname, '../replay/histories');

export interface RecordedHistory {
  /** `release/name` */
  name: string;
  workflowId: string;
  history: unknown;
}

/** Records a workflow's history as it is now under a name, where the run of the tests is to record. */
export async function keepHistory(
  client: Client,
  workflowId: string,
  name: string,
  runId?: string,
): Promise<void> {
  if (process.env['ONEVISIT_RECORD'] !== '1') return;
  const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  const { events } = plain(history) as { events: unknown[] };
  const folder = path.join(FOLDER, version.split('.').slice(0, 2).join('.'));
  mkdirSync(folder, { recursive: true });
  const lines = events.map((event) => JSON.stringify(event, withoutMachine));
  writeFileSync(
    path.join(folder, `${name}.json`),
    `{"workflowId":${JSON.stringify(workflowId)},"history":{"events":[\n${lines.join(',\n')}\n]}}\n`,
  );
}

/** All recorded histories of all releases. */
export function recordedHistories(): RecordedHistory[] {
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const recorded = JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as RecordedHistory;
      return { ...recorded, name: file.replace(/\.json$/, '').replaceAll(path.sep, '/') };
    });
}

/**
 * The message with plain numbers and bytes in base64, as its encoder takes it back. (The SDK's own JSON needs one
 * protobufjs in the whole tree of packages, which npm doesn't grant.)
 */
function plain(history: object): unknown {
  const type = history.constructor as unknown as {
    toObject: (message: object, options: object) => unknown;
  };
  return type.toObject(history, { longs: Number, bytes: String });
}

/** Nothing of the machine on which it was recorded; and nothing that a replay doesn't need. */
function withoutMachine(key: string, value: unknown): unknown {
  if (key === 'identity') return 'recorder';
  if (key === 'stackTrace') return '';
  return ['requestId', 'binaryChecksum', 'workerVersion', 'meteringMetadata'].includes(key)
    ? undefined
    : value;
}
