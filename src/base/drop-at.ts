// Dropping one item of a list, by hand: what `splice` takes out it hands back in a new list.

/** The items after it move up. False, and nothing changed, for a place before the first. */
export function dropAt(list: unknown[], place: number): boolean {
  if (place < 0) return false;
  for (let next = place + 1; next < list.length; next += 1) list[next - 1] = list[next];
  list.pop();
  return true;
}
