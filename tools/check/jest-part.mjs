import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { runNode } from './run-node.mjs';

/** A run that takes this long hangs. */
const TIMEOUT_MS = 20 * 60_000;

/** The tests of one jest project; each counts. */
export function jestPart(project, args) {
  return { name: project, isCheck: false, run: () => runProject(project, args) };
}

async function runProject(project, args) {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'onevisit-check-'));
  const report = path.join(scratch, 'report.json');
  try {
    const { code, output } = await runNode(
      [
        'node_modules/jest/bin/jest.js',
        '--selectProjects',
        project,
        ...args,
        '--json',
        `--outputFile=${report}`,
      ],
      {
        timeoutMs: TIMEOUT_MS,
        // One line per file as it ends: a long part shows that it moves.
        onLine: (line) => {
          if (/^(PASS|FAIL) /.test(line)) console.log(`  ${line}`);
        },
      },
    );
    return count(code, output, readReport(report));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** A file that doesn't load, a skipped test and a runner that crashed are failures, each in its way. */
function count(code, output, report) {
  if (!report) return { passed: 0, failed: 1, output: output || `jest ended with ${code}` };
  const skipped = report.numPendingTests + report.numTodoTests;
  const passed = report.numPassedTests;
  let failed = report.numFailedTests + report.numRuntimeErrorTestSuites + skipped;
  if (failed === 0 && code !== 0) failed = 1;
  const note = skipped > 0 ? `\n${skipped} tests are skipped: none may be` : '';
  return { passed, failed, output: output + note, failures: report.testResults.flatMap(failuresOf) };
}

/** Each in one line: file, test, beginning of what it said. */
function failuresOf({ name, message, assertionResults }) {
  const file = path.relative(process.cwd(), name);
  const failed = assertionResults.filter(({ status }) => status === 'failed');
  if (failed.length === 0) return message ? [`${file}: ${beginning(message)}`] : [];
  return failed.map(
    ({ fullName, failureMessages }) => `${file}: ${fullName}: ${beginning(failureMessages[0])}`,
  );
}

function beginning(text = '') {
  return stripVTControlCharacters(text).replace(/\s+/g, ' ').trim().slice(0, 300);
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
