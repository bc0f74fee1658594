// A timeline: entries kept in order of time, ties by rank, then by arrival (a binary heap).

export interface TimelineEntry<T> {
  readonly atMs: number;
  /** Order among entries of the same time; a seeded rank explores interleavings. */
  readonly rank: number;
  readonly serial: number;
  readonly value: T;
}

export class Timeline<T> {
  #heap: TimelineEntry<T>[] = [];
  #serial = 0;

  get size(): number {
    return this.#heap.length;
  }

  add(atMs: number, value: T, rank = 0): void {
    this.#serial += 1;
    const heap = this.#heap;
    heap.push({ atMs, rank, serial: this.#serial, value });
    let child = heap.length - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!before(heap[child]!, heap[parent]!)) return;
      swap(heap, child, parent);
      child = parent;
    }
  }

  /** Takes the earliest entry out; undefined when there is none. */
  take(): TimelineEntry<T> | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    heap[0] = last;
    for (let parent = 0; ;) {
      const left = 2 * parent + 1;
      if (left >= heap.length) return first;
      const right = left + 1;
      const child = right < heap.length && before(heap[right]!, heap[left]!) ? right : left;
      if (!before(heap[child]!, heap[parent]!)) return first;
      swap(heap, child, parent);
      parent = child;
    }
  }

  /** Drops every entry that does not pass; used when a crash empties volatile memory. */
  keep(passes: (value: T) => boolean): void {
    const kept = this.#heap
      .filter((entry) => passes(entry.value))
      .sort((one, other) => (before(one, other) ? -1 : 1));
    this.#heap = kept;
  }

  some(passes: (value: T) => boolean): boolean {
    return this.#heap.some((entry) => passes(entry.value));
  }
}

function before<T>(one: TimelineEntry<T>, other: TimelineEntry<T>): boolean {
  if (one.atMs !== other.atMs) return one.atMs < other.atMs;
  if (one.rank !== other.rank) return one.rank < other.rank;
  return one.serial < other.serial;
}

function swap<T>(heap: TimelineEntry<T>[], one: number, other: number): void {
  const held = heap[one]!;
  heap[one] = heap[other]!;
  heap[other] = held;
}
