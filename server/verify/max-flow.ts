/**
 * Largest flow from visits to inspectors by Dinic's algorithm: each visit takes up to its team size, each pair at most
 * one, each inspector up to a cap. Edges are written out, in typed arrays.
 */
export class TeamFlow {
  private readonly head: Int32Array;
  private readonly next: Int32Array;
  private readonly to: Int32Array;
  private readonly room: Int32Array;
  private readonly level: Int32Array;
  private readonly cursor: Int32Array;
  private edges = 0;

  private readonly source = 0;
  private readonly sink = 1;

  /** `candidates[visit]`: indices of the inspectors who may go. */
  constructor(sizes: readonly number[], candidates: readonly (readonly number[])[], caps: readonly number[]) {
    const nodes = 2 + sizes.length + caps.length;
    const pairs = candidates.reduce((sum, list) => sum + list.length, 0);
    const slots = 2 * (pairs + sizes.length + caps.length);
    this.head = new Int32Array(nodes).fill(-1);
    this.next = new Int32Array(slots);
    this.to = new Int32Array(slots);
    this.room = new Int32Array(slots);
    this.level = new Int32Array(nodes);
    this.cursor = new Int32Array(nodes);
    const firstInspector = 2 + sizes.length;
    sizes.forEach((size, visit) => {
      this.connect(this.source, 2 + visit, size);
      for (const inspector of candidates[visit] ?? []) this.connect(2 + visit, firstInspector + inspector, 1);
    });
    caps.forEach((cap, inspector) => this.connect(firstInspector + inspector, this.sink, cap));
  }

  largest(): number {
    let flow = 0;
    while (this.layer()) {
      this.cursor.set(this.head);
      while (this.push()) flow++;
    }
    return flow;
  }

  private connect(from: number, to: number, room: number): void {
    for (const [a, b, space] of [
      [from, to, room],
      [to, from, 0],
    ] as const) {
      this.to[this.edges] = b;
      this.room[this.edges] = space;
      this.next[this.edges] = this.head[a] ?? -1;
      this.head[a] = this.edges++;
    }
  }

  /** Distances from the source over edges with room; whether the sink is reached. */
  private layer(): boolean {
    this.level.fill(-1);
    this.level[this.source] = 0;
    const queue = [this.source];
    for (const node of queue) {
      for (let edge = this.head[node] ?? -1; edge >= 0; edge = this.next[edge] ?? -1) {
        const target = this.to[edge] ?? 0;
        if ((this.room[edge] ?? 0) > 0 && this.level[target] === -1) {
          this.level[target] = (this.level[node] ?? 0) + 1;
          queue.push(target);
        }
      }
    }
    return this.level[this.sink] !== -1;
  }

  /** One unit more along the layers; edges that led nowhere are not tried again in this phase. */
  private push(): boolean {
    const path: number[] = [];
    let node = this.source;
    while (node !== this.sink) {
      const edge = this.cursor[node] ?? -1;
      if (edge < 0) {
        const back = path.pop();
        if (back === undefined) return false;
        node = this.to[back ^ 1] ?? 0;
        this.cursor[node] = this.next[back] ?? -1;
        continue;
      }
      const target = this.to[edge] ?? 0;
      if ((this.room[edge] ?? 0) > 0 && this.level[target] === (this.level[node] ?? 0) + 1) {
        path.push(edge);
        node = target;
      } else {
        this.cursor[node] = this.next[edge] ?? -1;
      }
    }
    for (const edge of path) {
      this.room[edge] = (this.room[edge] ?? 0) - 1;
      this.room[edge ^ 1] = (this.room[edge ^ 1] ?? 0) + 1;
    }
    return true;
  }
}
