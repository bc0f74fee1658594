// A folder of cassettes: the recordings that a gateway replays, all of them or those of one file.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { MusterError } from '../base/muster-error.ts';
import { replay } from '../llm/cassette.ts';
import { readCassette } from '../llm/cassette-file.ts';
import type { ModelDouble } from '../llm/double.ts';

/** No name leads out of the folder. */
const cassetteName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,199}$/;

/**
 * The cassette of a name, with or without `.json`. Throws `MusterError`: CASSETTE_BAD_NAME, CASSETTE_UNREADABLE,
 * CASSETTE_CORRUPT.
 */
export function cassetteNamed(folder: string, name: string): ModelDouble {
  if (!cassetteName.test(name) || name.includes('..')) {
    throw new MusterError({
      code: 'CASSETTE_BAD_NAME',
      place: 'name',
      message: 'this is no name of a cassette in the folder',
      value: name,
      hint: 'a name has letters, digits, dots, dashes and underscores; it is no path',
    });
  }
  const path = join(folder, name.endsWith('.json') ? name : `${name}.json`);
  return replay({ cassette: readCassette(path), place: path });
}

/**
 * All cassettes of a folder as one double: asked in the order of their names, the first that has the recording answers.
 * Throws `MusterError`: CASSETTE_UNREADABLE for a folder that is not there, CASSETTE_NONE for an empty one.
 */
export function cassetteFolder(folder: string): ModelDouble {
  const doubles = namesIn(folder).map((name) => cassetteNamed(folder, name));
  if (doubles.length === 0) {
    throw new MusterError({
      code: 'CASSETTE_NONE',
      place: folder,
      message: 'there is no cassette in this folder',
      hint: 'record one first',
    });
  }
  return {
    name: folder,
    answer: (ask, random, request) => {
      for (const double of doubles.slice(0, -1)) {
        try {
          return double.answer(ask, random, request);
        } catch (error) {
          // What one has not got another may have; the last one's miss is told.
          if (!(error instanceof MusterError) || error.code !== 'CASSETTE_MISS') throw error;
        }
      }
      return doubles.at(-1)!.answer(ask, random, request);
    },
  };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort();
  } catch (cause) {
    throw new MusterError(
      {
        code: 'CASSETTE_UNREADABLE',
        place: folder,
        message: `the folder of cassettes could not be read: ${cause instanceof Error ? cause.message : String(cause)}`,
        hint: 'record first, or correct the path',
      },
      { cause },
    );
  }
}
