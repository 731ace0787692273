import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runNode } from './run-node.mjs';

const TIMEOUT_MS = 10 * 60_000;

/** A check that counts as one test. `tool` is a package, or `package:command` where the names differ; null: args[0] is a script. */
export function toolPart(name, tool, args) {
  return {
    name,
    isCheck: true,
    run: async () => {
      const command = tool === null ? args : [scriptOf(tool), ...args];
      const { code, output } = await runNode(command, { timeoutMs: TIMEOUT_MS });
      return code === 0
        ? { passed: 1, failed: 0, output }
        : { passed: 0, failed: 1, output: output || `exit code ${code}` };
    },
  };
}

/** By its package rather than node_modules/.bin: this works on Windows as well. */
function scriptOf(tool) {
  const [packageName, command = packageName] = tool.split(':');
  const home = path.join('node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8'));
  return path.join(home, typeof bin === 'string' ? bin : bin[command]);
}
