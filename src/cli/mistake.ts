// Mistakes on the screen: code, place and hint on stderr; a stack only for those who ask for it.
import { stripVTControlCharacters } from 'node:util';
import { CommanderError } from 'commander';
import { environmentVariable } from '../base/environment.ts';
import { MusterError } from '../base/muster-error.ts';
import { isMusterError, type SuiteMistake } from '../vitest/suite-mistake.ts';

/** Prints an error that ended a verb. */
export function tellMistake(error: unknown): void {
  tell(toldAs(error), error instanceof Error ? stackOf(error) : null);
}

/** Prints what kept suites from measuring. */
export function tellSuiteMistakes(mistakes: readonly SuiteMistake[]): void {
  for (const { text, stack } of mistakes) tell(text, stack);
}

function tell(text: string, stack: string | null): void {
  process.stderr.write(`${text}\n`);
  if (stack !== null && environmentVariable('MUSTER_DEBUG') !== undefined)
    process.stderr.write(`${stripVTControlCharacters(stack)}\n`);
}

function stackOf({ stack, cause }: Error): string {
  return cause instanceof Error ? `${stack ?? ''}\ncause: ${cause.stack ?? ''}` : (stack ?? '');
}

function toldAs(error: unknown): string {
  if (error instanceof CommanderError) return usageMistake(error).message;
  if (isMusterError(error)) return error.message;
  return new MusterError({
    code: 'MUSTER_BROKE',
    message: error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : String(error),
    hint: 'this is a defect of muster; MUSTER_DEBUG=1 shows where',
  }).message;
}

/** The parser's own words, without its prefix; its near match, if it has one, becomes the hint. */
function usageMistake({ message }: CommanderError): MusterError {
  const [first = '', ...rest] = message.replace(/^error: /, '').split('\n');
  const near = /Did you mean (.+)\?/.exec(rest.join(' '))?.[1];
  return new MusterError({
    code: 'BAD_USAGE',
    message: first === '(outputHelp)' ? 'a verb is missing' : first,
    hint: near === undefined ? 'muster --help lists the verbs' : `did you mean ${near}?`,
  });
}
