// The nearest name: what somebody who mistyped a name most likely meant.

/** The candidate with the smallest edit distance, the first of equals; empty when there is none to choose from. */
export function nearestName(name: string, candidates: readonly string[]): string {
  let nearest = '';
  let least = Infinity;
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < least) [nearest, least] = [candidate, distance];
  }
  return nearest;
}

/** Levenshtein's distance, row by row. */
function editDistance(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const changed = one[row - 1] === other[column - 1] ? 0 : 1;
      current.push(Math.min(above[column]! + 1, current[column - 1]! + 1, above[column - 1]! + changed));
    }
    above = current;
  }
  return above[other.length]!;
}
