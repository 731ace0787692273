/**
 * Schemathesis over the whole OpenAPI document, on the real system. The short form asks each operation as one caller who may;
 * the long form, only by `npm run test:schemathesis`, every operation as each role and as nobody.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { contract } from '../../api/contract';
import { pythonWith } from '../../bench/support/python-env';
import { PERMISSIONS } from '../../domain/permissions/table';
import { ROLES, type Role } from '../../domain/roles';
import { buildUser } from '../support/build-city';
import { startWebSystem, type WebSystem } from '../support/web-system';

/** What an answer is held to. A refusal of what the document allows is no fault: rules of the field go beyond shapes. */
const CHECKS = [
  ...['not_a_server_error', 'status_code_conformance', 'content_type_conformance'],
  ...['response_schema_conformance', 'response_headers_conformance'],
].join(',');

/** These end the session that the rest of the run is made in, or those of the callers after it. */
const ENDS_SESSIONS = /^(signOut|end.*Session.*|changePassword|(dis|en)ableUser|issuePassword|endRole)$/;

const PEOPLE: Partial<Record<Role, string>> = {
  coordinator: 'coordinator',
  lead_officer: 'lead',
  liaison: 'wjw-liaison',
  inspector: 'wjw-0001',
  approver: 'approver',
  list_registrar: 'registrar',
  credit_officer: 'credit',
  supervisor: 'supervisor',
  admin: 'admin',
  security_admin: 'security',
  audit_admin: 'auditor',
};

type CallerName = Role | 'nobody';

/** Examples per operation and caller of the long form; none: the short form. */
const EXAMPLES = process.env['ONEVISIT_SCHEMATHESIS'];
const SHORT_EXAMPLES = '3';
const ROLES_ASKED = process.env['ONEVISIT_SCHEMATHESIS_ROLES']?.split(',');
const callers = (['nobody', ...ROLES] as const).filter((one) => ROLES_ASKED?.includes(one) ?? true);

let town: WebSystem;
let scratch: string;
let python: string;

beforeAll(async () => {
  scratch = mkdtempSync(path.join(os.tmpdir(), 'onevisit-schemathesis-'));
  [python, town] = await Promise.all([pythonWith('schemathesis==4.32.5'), startWebSystem()]);
}, 600_000);

afterAll(async () => {
  await town.stop();
  rmSync(scratch, { recursive: true });
});

test.each(callers)(
  'as %s: no failure of ours, and no answer that the document does not tell of',
  async (name) => {
    const operations = operationsFor(name);
    if (operations.length === 0) return;
    const cookie = name === 'nobody' ? null : (await town.signedIn(await personOf(name))).cookie;
    const events = path.join(scratch, `${name}.ndjson`);
    const { code, output } = await run([
      ...['-m', 'schemathesis.cli', 'run', `${town.url}/api/v1/openapi.json`, '--checks', CHECKS],
      ...['--phases', EXAMPLES === undefined ? 'fuzzing' : 'examples,coverage,fuzzing'],
      ...['--max-examples', EXAMPLES ?? SHORT_EXAMPLES],
      // Several workers are threads of one Python, whose parser of its own code breaks under them.
      ...['--workers', '1'],
      ...operations.flatMap((id) => ['--include-operation-id', id]),
      ...['--continue-on-failure', '--no-color', '--warnings', 'off'],
      ...['--generation-database', 'none', '--request-timeout', '30', '--suppress-health-check', 'all'],
      ...['--report', 'ndjson', '--report-ndjson-path', events],
      ...(cookie === null ? [] : ['--header', `Cookie: ${cookie}`]),
    ]);
    writeFileSync(path.join(os.tmpdir(), `onevisit-schemathesis-${name}.txt`), output);
    console.log(`${name}: ${summaryOf(output)}`);
    expect(readFileSync(events, 'utf8')).not.toBe('');
    expect({ code, failures: failuresIn(output) }).toEqual({ code: 0, failures: '' });
  },
  3_600_000,
);

/** In the long form all; in the short form those of which the caller is the first who may. */
function operationsFor(name: CallerName): string[] {
  return Object.values(contract)
    .map(({ id }) => id)
    .filter((id) => !ENDS_SESSIONS.test(id))
    .filter((id) => EXAMPLES !== undefined || firstCaller(id) === name);
}

function firstCaller(id: string): CallerName | undefined {
  const { who } = PERMISSIONS[id as keyof typeof PERMISSIONS];
  if (who === 'public') return 'nobody';
  return who === 'signed-in' ? 'coordinator' : who[0];
}

async function personOf(role: Role): Promise<string> {
  const known = PEOPLE[role];
  if (known !== undefined) return known;
  await buildUser(town.db, { username: role, role, department: 'FGW' });
  return role;
}

function run(args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(python, args, { cwd: scratch, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      const { code } = (error ?? { code: 0 }) as { code?: number };
      resolve({ code: code ?? 1, output: stdout + stderr });
    });
  });
}

const summaryOf = (output: string): string =>
  output
    .split('\n')
    .filter((line) => /^ {2}(\d+ generated|Selected:|Tested:)/.test(line))
    .map((line) => line.trim())
    .join('; ');

/** From the first failure on; empty where there is none. */
const failuresIn = (output: string): string => /=+ (FAILURES|ERRORS) =+[^]*/.exec(output)?.[0] ?? '';
