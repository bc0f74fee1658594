// The straight line through measured points.

/** Rise of y per unit of x, by least squares; 0 for fewer than two different x. */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (index: 0 | 1): number => points.reduce((sum, point) => sum + point[index], 0) / points.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  let [rise, run] = [0, 0];
  for (const [x, y] of points) {
    rise += (x - meanX) * (y - meanY);
    run += (x - meanX) ** 2;
  }
  return run === 0 ? 0 : rise / run;
}
