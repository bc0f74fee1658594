// The palette of a terminal report: how words are marked, if at all.
import type { Outcome } from '../check/outcome.ts';
import type { Verdict } from '../campaign/gate.ts';

type Paint = (text: string) => string;

/** The caller decides on colour, since only it knows where the text goes. */
export interface Palette {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly good: Paint;
  readonly warn: Paint;
  readonly bad: Paint;
}

const asIs: Paint = (text) => text;

/** No colour at all: for pipes, files and tests. */
export const plainPalette: Palette = { bold: asIs, dim: asIs, good: asIs, warn: asIs, bad: asIs };

/** The paint for a verdict. */
export function verdictPaint(palette: Palette, verdict: Verdict): Paint {
  switch (verdict) {
    case 'pass':
      return palette.good;
    case 'inconclusive':
      return palette.warn;
    case 'fail':
    case 'error':
      return palette.bad;
  }
}

/** The paint for an outcome. */
export function outcomePaint(palette: Palette, outcome: Outcome): Paint {
  switch (outcome) {
    case 'absorbed':
    case 'recovered':
      return palette.good;
    case 'degraded':
    case 'escalated':
      return asIs;
    case 'failed loudly':
    case 'not exposed':
      return palette.warn;
    case 'silent failure':
    case 'hung':
    case 'error':
      return palette.bad;
  }
}
