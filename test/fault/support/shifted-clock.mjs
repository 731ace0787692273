/**
 * Loaded into a process before all else (`NODE_OPTIONS=--import`): its clock is off by as many milliseconds as a file says, from
 * the moment it says so. As when somebody sets a machine's clock; what was begun by the clock that only counts is not touched.
 */
import { readFileSync } from 'node:fs';

const RealDate = Date;
let offset = 0;
const read = () => {
  try {
    offset = Number(readFileSync(process.env['ONEVISIT_TEST_CLOCK'] ?? '', 'utf8'));
  } catch {
    offset = 0;
  }
};
read();
setInterval(read, 250).unref();

const now = () => RealDate.now() + offset;
globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, as) =>
    Reflect.construct(target, args.length > 0 ? args : [now()], as === globalThis.Date ? target : as),
  apply: () => new RealDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});
