// Colour: only on a terminal, and not where NO_COLOR is set.
import pc from 'picocolors';
import { environmentVariable } from '../base/environment.ts';
import { plainPalette, type Palette } from '../report/palette.ts';

/** The palette for what is written to a stream. */
export function paletteFor(stream: { readonly isTTY?: boolean }): Palette {
  const plain =
    stream.isTTY !== true ||
    environmentVariable('NO_COLOR') !== undefined ||
    environmentVariable('TERM') === 'dumb';
  if (plain) return plainPalette;
  const { bold, dim, green, yellow, red } = pc.createColors(true);
  return { bold, dim, good: green, warn: yellow, bad: red };
}
