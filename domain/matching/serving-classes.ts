import type { PoolInspector } from '../draw/frozen-files';
import { prefixOf } from '../regions/covers';
import { Numbering, type Lists } from './lists';
import type { VisitNeed } from './match';

/**
 * For each kind of visit the classes of inspectors who serve its region and hold what it requires. Looks up only
 * those that serve the region and hold the rarest of the qualifications.
 */
export function servingClasses(kinds: readonly VisitNeed[], classes: readonly PoolInspector[]): Lists {
  const index = new ClassIndex(classes);
  const start = new Int32Array(kinds.length + 1);
  const items: number[] = [];
  kinds.forEach((kind, at) => {
    for (const one of index.serving(kind)) items.push(one);
    start[at + 1] = items.length;
  });
  return { start, items: Int32Array.from(items) };
}

/** Stands for "requires nothing"; everybody holds it. */
const NOTHING = 0;

class ClassIndex {
  private readonly prefixes = new Numbering();
  private readonly names = new Numbering();
  /** Of each class. */
  private readonly held: number[][];
  private readonly holders: number[] = [];
  /** Classes by the region they serve and one qualification they hold. */
  private readonly classesBy = new Map<number, number[]>();
  private readonly found: Int32Array;
  private stamp = 0;

  constructor(classes: readonly PoolInspector[]) {
    this.found = new Int32Array(classes.length);
    this.names.of('\n');
    this.held = classes.map((one) => [
      NOTHING,
      ...new Set(one.qualifications.map((name) => this.names.of(name))),
    ]);
    classes.forEach(({ regions }, at) => {
      // A prefix is what the region codes that an inspector serves begin with.
      const prefixes = regions.length > 0 ? new Set(regions.map(prefixOf)) : [''];
      for (const prefix of prefixes) {
        const number = this.prefixes.of(prefix);
        for (const name of this.held[at]!) this.put(number, name, at);
      }
      for (const name of this.held[at]!) this.holders[name] = (this.holders[name] ?? 0) + 1;
    });
  }

  *serving({ region, qualifications }: VisitNeed): Generator<number> {
    const required = qualifications.map((name) => this.names.find(name));
    let rarest = NOTHING;
    for (const name of required) {
      if (name === undefined) return;
      if (this.holders[name]! < this.holders[rarest]!) rarest = name;
    }
    this.stamp++;
    for (let end = 0; end <= region.length; end++) {
      const prefix = this.prefixes.find(region.slice(0, end));
      if (prefix === undefined) continue;
      for (const one of this.classesBy.get(this.keyOf(prefix, rarest)) ?? []) {
        // Who serves a city and one of its counties is found under both.
        if (this.found[one] === this.stamp) continue;
        this.found[one] = this.stamp;
        if (required.every((name) => name === rarest || this.held[one]!.includes(name!))) yield one;
      }
    }
  }

  private put(prefix: number, name: number, one: number): void {
    const key = this.keyOf(prefix, name);
    const known = this.classesBy.get(key);
    if (known) known.push(one);
    else this.classesBy.set(key, [one]);
  }

  private keyOf = (prefix: number, name: number): number => prefix * this.names.size + name;
}
