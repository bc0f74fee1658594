// A file that is not what it should be: one error, which says where.
import { MusterError } from '../../base/muster-error.ts';
import { jsonFault } from './json-fault.ts';

/** `place`: line, or JSON pointer in the document. */
export function broken(place: string, message: string, value?: unknown): MusterError {
  return new MusterError({
    code: 'IMPORT_BROKEN',
    place: place === '' ? 'the top' : place,
    message,
    ...(value === undefined ? {} : { value }),
    hint: 'nothing was imported; mend or cut the file, or name its format with --format',
  });
}

/** The error for a text that is no JSON; `line` is the 1-based line on which it begins. */
export function notJson(source: string, line: number): MusterError {
  const text = source.trimEnd();
  const fault = jsonFault(text) ?? { offset: 0, message: 'JSON.parse refuses it' };
  const before = text.slice(0, fault.offset);
  const breaks = before.split('\n').length - 1;
  const column = fault.offset - (before.lastIndexOf('\n') + 1) + 1;
  const found = text.slice(fault.offset, fault.offset + 20);
  return broken(
    `line ${line + breaks} column ${column}`,
    `this is not JSON: ${fault.message}`,
    found === '' ? undefined : found,
  );
}
