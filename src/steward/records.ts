// Records with an id, in short lists: found by a look through, kept in the order in which they came.

export function recordOf<T extends { readonly id: string }>(
  list: readonly T[],
  id: string | null,
): T | undefined {
  for (const record of list) if (record.id === id) return record;
  return undefined;
}

/** Adds a record, or puts it in the place of the one with its id. */
export function putRecord<T extends { readonly id: string }>(list: T[], record: T): void {
  const place = placeOf(list, record.id);
  if (place < 0) list.push(record);
  else list[place] = record;
}

/** False when there was none. */
export function dropRecord(list: { readonly id: string }[], id: string): boolean {
  return dropAt(list, placeOf(list, id));
}

/** Takes this very record out of a list. */
export function takeOut<T>(list: T[], record: T): void {
  dropAt(list, list.indexOf(record));
}

/** By hand: what `splice` takes out it hands back in a new list. */
function dropAt(list: unknown[], place: number): boolean {
  if (place < 0) return false;
  for (let next = place + 1; next < list.length; next += 1) list[next - 1] = list[next];
  list.pop();
  return true;
}

function placeOf(list: readonly { readonly id: string }[], id: string): number {
  for (let place = 0; place < list.length; place += 1) if (list[place]?.id === id) return place;
  return -1;
}
