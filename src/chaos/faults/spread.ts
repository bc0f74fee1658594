// Spread: how a delay scatters around its mean, drawn from the fault's own stream.

type Draw = (purpose: string) => number;

export type SpreadShape = 'fixed' | 'uniform' | 'normal' | 'exponential';

/**
 * Whole milliseconds with mean `meanMs`: `uniform` from 0 to twice the mean, `normal` with a third of the mean as its
 * standard deviation (Box-Muller, cut off at 0), `exponential` by inversion.
 */
export function spreadMs(shape: SpreadShape, meanMs: number, draw: Draw): number {
  switch (shape) {
    case 'fixed':
      return meanMs;
    case 'uniform':
      return Math.round(2 * meanMs * draw('delay'));
    case 'normal': {
      const radius = Math.sqrt(-2 * Math.log(1 - draw('radius')));
      const standard = radius * Math.cos(2 * Math.PI * draw('angle'));
      return Math.max(0, Math.round(meanMs + (meanMs / 3) * standard));
    }
    case 'exponential':
      return Math.round(-meanMs * Math.log(1 - draw('delay')));
  }
}

/** Whole milliseconds between -jitterMs and +jitterMs, evenly. */
export function jitterOf(jitterMs: number, draw: Draw): number {
  return jitterMs === 0 ? 0 : Math.round(jitterMs * (2 * draw('jitter') - 1));
}
