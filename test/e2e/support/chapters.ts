/** Many people's browsers share the machine with whatever else runs there. */
const PATIENCE_MS = 300_000;

/**
 * Tests that tell one story: each goes on where the one before it ended. After a failure the others fail at once, in
 * place of each waiting for what can't come any more.
 */
export function chapters(): (name: string, tell: () => Promise<void>) => void {
  let broken: string | null = null;
  return (name, tell) => {
    test(
      name,
      async () => {
        if (broken !== null) throw new Error(`“${broken}” failed before`);
        broken = name;
        await tell();
        broken = null;
      },
      PATIENCE_MS,
    );
  };
}
