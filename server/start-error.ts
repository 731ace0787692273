/** A failure to start that the user can mend: says what is wrong and the way out, in Chinese first. Shown without a stack. */
export class StartError extends Error {
  override readonly name = 'StartError';
  constructor(chinese: string, english: string) {
    super(`${chinese}\n${english}`);
  }
}
