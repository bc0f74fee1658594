#!/usr/bin/env node
// The command line `muster`: one verb a file, one exit code a verdict.
import { Command, CommanderError } from 'commander';
import { doctorVerb } from './doctor.ts';
import { faultsVerb } from './faults.ts';
import { replayVerb } from './replay.ts';
import { runVerb } from './run.ts';
import { tellMistake } from './mistake.ts';
import type { SetExit, Verb } from './verb.ts';
import { packageVersion } from './version.ts';

const verbs: readonly Verb[] = [runVerb, replayVerb, faultsVerb, doctorVerb];

let exit = 0;
const setExit: SetExit = (code) => (exit = code);

function program(): Command {
  const root = new Command('muster')
    .description('A test and chaos harness for teams of LLM agents: does your agent team pass muster?')
    .version(packageVersion())
    .showSuggestionAfterError()
    .addHelpText(
      'after',
      '\nExamples:\n  $ muster run --profile pr\n  $ muster replay <id of a failure> --step\n\nExit codes: 0 pass, 1 failed, 2 error or nothing measured, 3 inconclusive, 130 interrupted.',
    );
  quieten(root);
  for (const verb of verbs) verb(root, setExit);
  return root;
}

/** Errors of usage come to `tellMistake` like all others; help goes out as it is. */
function quieten(command: Command): void {
  command.exitOverride().configureOutput({ outputError: () => undefined });
}

try {
  await program().parseAsync();
} catch (error) {
  const asked = error instanceof CommanderError && error.exitCode === 0;
  exit = asked ? 0 : 2;
  if (!asked) tellMistake(error);
}
// What vitest leaves open must not keep the process alive.
process.stdout.write('', () => process.exit(exit));
