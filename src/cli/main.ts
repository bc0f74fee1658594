#!/usr/bin/env node
// The command line `muster`: one verb a file, one exit code a verdict.
import { Command, CommanderError } from 'commander';
import { tellMistake } from './mistake.ts';
import type { SetExit, Verb } from './verb.ts';
import { packageVersion } from './version.ts';

/** Only the verb that is asked for is loaded: vitest and msw take their time. */
const verbs: Readonly<Record<string, () => Promise<Verb>>> = {
  run: async () => (await import('./run.ts')).runVerb,
  replay: async () => (await import('./replay.ts')).replayVerb,
  import: async () => (await import('./import.ts')).importVerb,
  faults: async () => (await import('./faults.ts')).faultsVerb,
  gateway: async () => (await import('./gateway.ts')).gatewayVerb,
  cassettes: async () => (await import('./cassettes.ts')).cassettesVerb,
  doctor: async () => (await import('./doctor.ts')).doctorVerb,
};

let exit = 0;
const setExit: SetExit = (code) => (exit = code);

async function program(asked: string): Promise<Command> {
  const root = new Command('muster')
    .description('A test and chaos harness for teams of LLM agents: does your agent team pass muster?')
    .version(packageVersion())
    .showSuggestionAfterError()
    .addHelpText(
      'after',
      '\nExamples:\n  $ muster run --profile pr\n  $ muster replay <id of a failure> --step\n\nExit codes: 0 pass, 1 failed, 2 error or nothing measured, 3 inconclusive, 130 interrupted.',
    );
  quieten(root);
  for (const load of loadersFor(asked)) (await load())(root, setExit);
  return root;
}

/** Help shows them all, and so does a word that is none of them; the version is told without any. */
function loadersFor(asked: string): readonly (() => Promise<Verb>)[] {
  if (asked === '--version' || asked === '-V') return [];
  const load = Object.hasOwn(verbs, asked) ? verbs[asked] : undefined;
  return load === undefined ? Object.values(verbs) : [load];
}

/** Errors of usage come to `tellMistake` like all others; help goes out as it is. */
function quieten(command: Command): void {
  command.exitOverride().configureOutput({ outputError: () => undefined });
}

try {
  await (await program(process.argv[2] ?? '')).parseAsync();
} catch (error) {
  const usage = error instanceof CommanderError ? error : null;
  exit = usage?.exitCode === 0 ? 0 : 2;
  const saidAlready = exit === 0 || usage?.code === 'commander.help';
  if (!saidAlready) tellMistake(error);
}
// What vitest leaves open must not keep the process alive.
process.stdout.write('', () => process.exit(exit));
