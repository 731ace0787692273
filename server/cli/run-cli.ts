import { DomainError } from '../../domain/errors';
import { StartError } from '../start-error';

/** A wrong call: shown with a pointer to --help, exit code 2. */
export class UsageError extends Error {}

/**
 * Runs a command. Exit codes: 0 done, 1 refused or failed, 2 wrong call. What the user can mend is shown without a stack.
 */
export function runCli(command: string, main: () => Promise<void>): void {
  main().catch((error: unknown) => {
    // Not process.exit(): output into a pipe may still be on its way.
    process.exitCode = report(command, error);
  });
}

function report(command: string, error: unknown): number {
  const code = (error as { code?: string }).code ?? '';
  if (error instanceof UsageError || code.startsWith('ERR_PARSE_ARGS')) {
    console.error((error as Error).message);
    console.error(`用法见 usage: npm run ${command} -- --help`);
    return 2;
  }
  if (error instanceof DomainError) {
    console.error(error.message);
    for (const { field, message } of error.fields) console.error(`  ${field}: ${message}`);
  } else if (error instanceof StartError) {
    console.error(error.message);
  } else {
    console.error(error);
  }
  return 1;
}
