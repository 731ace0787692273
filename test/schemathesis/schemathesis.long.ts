/**
 * Schemathesis over the whole OpenAPI document, as each role and as nobody, on the real system. Only
 * `npm run test:schemathesis` has it: it takes as long as it is asked for requests.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pythonWith } from '../../bench/support/python-env';
import { ROLES, type Role } from '../../domain/roles';
import { buildUser } from '../support/build-city';
import { startWebSystem, type WebSystem } from '../support/web-system';

/** What an answer is held to. A refusal of what the document allows is no fault: rules of the field go beyond shapes. */
const CHECKS = [
  ...['not_a_server_error', 'status_code_conformance', 'content_type_conformance'],
  ...['response_schema_conformance', 'response_headers_conformance'],
].join(',');

/** These end the session that the rest of the run is made in. */
const ENDS_SESSIONS = '^(signOut|end.*Session.*|.*SignOut.*)$';

const PEOPLE: Record<Role, string> = {
  coordinator: 'coordinator',
  lead_officer: 'lead',
  liaison: 'wjw-liaison',
  inspector: 'wjw-0001',
  approver: 'approver',
  list_registrar: 'registrar',
  credit_officer: 'credit',
  budget_officer: 'budget',
  supervisor: 'supervisor',
  admin: 'admin',
};

const EXAMPLES = process.env['ONEVISIT_SCHEMATHESIS'] ?? '10';
const ROLES_ASKED = process.env['ONEVISIT_SCHEMATHESIS_ROLES']?.split(',');
const callers = ['nobody', ...ROLES].filter((one) => ROLES_ASKED?.includes(one) ?? true);

let town: WebSystem;
let scratch: string;
let python: string;

beforeAll(async () => {
  scratch = mkdtempSync(path.join(os.tmpdir(), 'onevisit-schemathesis-'));
  [python, town] = await Promise.all([pythonWith('schemathesis==4.32.5'), startWebSystem()]);
  await buildUser(town.db, { username: 'budget', role: 'budget_officer', department: 'FGW' });
}, 600_000);

afterAll(async () => {
  await town.stop();
  rmSync(scratch, { recursive: true });
});

test.each(callers)(
  'as %s: no failure of ours, and no answer that the document does not tell of',
  async (role) => {
    const cookie = role === 'nobody' ? null : (await town.signedIn(PEOPLE[role as Role])).cookie;
    const events = path.join(scratch, `${role}.ndjson`);
    const { code, output } = await run([
      ...['-m', 'schemathesis.cli', 'run', `${town.url}/api/v1/openapi.json`],
      ...[
        '--checks',
        CHECKS,
        '--max-examples',
        EXAMPLES,
        // Several workers are threads of one Python, whose parser of lambdas breaks under them.
        '--workers',
        '1',
        '--phases',
        'examples,coverage,fuzzing',
      ],
      ...[
        '--exclude-operation-id-regex',
        ENDS_SESSIONS,
        '--continue-on-failure',
        '--no-color',
        '--warnings',
        'off',
      ],
      ...['--generation-database', 'none', '--request-timeout', '30', '--suppress-health-check', 'all'],
      ...['--report', 'ndjson', '--report-ndjson-path', events],
      ...(cookie === null ? [] : ['--header', `Cookie: ${cookie}`]),
    ]);
    writeFileSync(path.join(os.tmpdir(), `onevisit-schemathesis-${role}.txt`), output);
    console.log(`${role}: ${summaryOf(output)}`);
    expect(readFileSync(events, 'utf8')).not.toBe('');
    expect({ code, failures: failuresIn(output) }).toEqual({ code: 0, failures: '' });
  },
  3_600_000,
);

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
    .filter((line) => /generated|passed|Operations|Tested/i.test(line))
    .map((line) => line.trim())
    .join('; ');

/** From the first failure on; empty where there is none. */
const failuresIn = (output: string): string => /=+ (FAILURES|ERRORS) =+[^]*/.exec(output)?.[0] ?? '';
