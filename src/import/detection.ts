// Detection: which format a file is in, by its content.
import { MusterError } from '../base/muster-error.ts';
import type { FormatSample, TraceFormat } from './format.ts';

export interface Detected {
  readonly format: TraceFormat;
  readonly sample: FormatSample;
}

/** `samples`: the beginning of a file, in each of the shapes that it can be read in. Throws IMPORT_FORMAT_UNKNOWN. */
export function detect(formats: readonly TraceFormat[], samples: readonly FormatSample[]): Detected {
  const found: Detected[] = [];
  for (const format of formats) {
    const sample = samples.find((one) => format.shapes.includes(one.shape) && format.detects(one));
    if (sample !== undefined) found.push({ format, sample });
  }
  const [first, second] = found;
  if (first !== undefined && second === undefined) return first;
  throw new MusterError({
    code: first === undefined ? 'IMPORT_FORMAT_UNKNOWN' : 'IMPORT_FORMAT_AMBIGUOUS',
    message:
      first === undefined
        ? `no known format: the file comes as ${listed(samples.map(({ shape }) => shapeTexts[shape]))}, and none of ${formats.length} formats knows it`
        : `several formats could be meant: ${listed(found.map(({ format }) => format.name))}`,
    hint: `--format forces one of ${formats.map(({ name }) => name).join(', ')}`,
  });
}

/** The format that was asked for, in the shape that fits it. Throws IMPORT_FORMAT_UNKNOWN or IMPORT_FORMAT_SHAPE. */
export function forced(
  formats: readonly TraceFormat[],
  samples: readonly FormatSample[],
  name: string,
): Detected {
  const format = formatNamed(formats, name);
  const fitting = samples.filter(({ shape }) => format.shapes.includes(shape));
  const sample = fitting.find((one) => format.detects(one)) ?? fitting[0];
  if (sample !== undefined) return { format, sample };
  throw new MusterError({
    code: 'IMPORT_FORMAT_SHAPE',
    message: `${name} is read from ${listed(format.shapes.map((shape) => shapeTexts[shape]))}, and the file comes as ${listed(samples.map(({ shape }) => shapeTexts[shape]))}`,
    hint: 'leave --format out to have the format found by content',
  });
}

function formatNamed(formats: readonly TraceFormat[], name: string): TraceFormat {
  const found = formats.find((format) => format.name === name);
  if (found !== undefined) return found;
  throw new MusterError({
    code: 'IMPORT_FORMAT_UNKNOWN',
    place: '--format',
    message: 'there is no such format',
    value: name,
    hint: `known: ${formats.map((format) => format.name).join(', ')}`,
  });
}

const shapeTexts = { document: 'one JSON document', records: 'JSON records', text: 'lines of text' } as const;

function listed(texts: readonly string[]): string {
  return texts.join(' or ');
}
