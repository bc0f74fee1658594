// Records with an id, in short lists: found by a look through from the newest, kept in the order in which they came.
import { dropAt } from '../base/drop-at.ts';

export function recordOf<T extends { readonly id: string }>(
  list: readonly T[],
  id: string | null,
): T | undefined {
  if (id === null) return undefined;
  const place = placeOf(list, id);
  return place < 0 ? undefined : list[place];
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

function placeOf(list: readonly { readonly id: string }[], id: string): number {
  let place = list.length - 1;
  while (place >= 0 && list[place]?.id !== id) place -= 1;
  return place;
}
