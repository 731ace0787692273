export interface Turns {
  /** Runs what it is given one after the other, in the order in which it came. */
  <T>(work: () => Promise<T>): Promise<T>;
  /** Nothing runs or waits. */
  isFree: () => boolean;
}

export function takingTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  let open = 0;
  const settled = () => {
    open -= 1;
  };
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    open += 1;
    const mine = last.then(work);
    // Beside what is returned: one step more on the way there would change the order of commands in running workflows.
    mine.then(settled, settled);
    last = mine.catch(() => undefined);
    return mine;
  };
  return Object.assign(inTurn, { isFree: () => open === 0 });
}
