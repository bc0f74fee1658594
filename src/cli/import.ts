// The verb import: production traces in, figures, loops and muster's own traces out.
import { MusterError } from '../base/muster-error.ts';
import { countImported, importStream, importText, importTraces } from '../import/import-text.ts';
import { formats } from '../import/formats.ts';
import { findLoops } from '../loop/find-loops.ts';
import { createLoopWatch, type LoopWatch } from '../loop/loop-watch.ts';
import type { Palette } from '../report/palette.ts';
import { visibleText } from '../report/visible-text.ts';
import { paletteFor } from './colour.ts';
import { fileBytes, filePieces } from './import/file-pieces.ts';
import { importSummary, summaryText, type SummaryParts } from './import/import-summary.ts';
import { writeLoopTest, type LoopTest } from './import/loop-test.ts';
import { markOf, runOf } from './import/step-flags.ts';
import { listedSteps, stepListText } from './import/step-list.ts';
import { writeOtlp, writeTraces } from './import/trace-output.ts';
import { tellMistake } from './mistake.ts';
import type { ExitStatus, Verb } from './verb.ts';

interface ImportFlags {
  readonly json?: boolean;
  readonly format?: string;
  readonly out?: string;
  readonly otlp?: string;
  readonly list?: boolean;
  readonly as?: string;
  readonly name?: string;
  readonly steps?: string;
  readonly run?: string;
  readonly redact: boolean;
}

/** Above this a file is read on the fly and nothing of it is kept, unless it is to be written. */
const keptBytesMax = 128 * 1024 * 1024;

const help = `
Formats (found by content; --format forces one):
${formats.map(({ name, title }) => `  ${name.padEnd(18)} ${title}`).join('\n')}

--json prints one object a line, one line a file.
What --out and --otlp write has secrets taken out of it, and is scanned once more before it is written.

Examples:
  $ muster import incident.json
  $ muster import traces/*.jsonl --json
  $ muster import incident.json --as loop --name ping-pong
  $ muster import incident.json --list
  $ muster import incident.json --as loop --steps 5-9 --run 2
  $ muster import incident.json --out fixtures/traces/incident.ndjson
  $ muster import fixtures/traces/incident.ndjson --otlp incident.otlp.json`;

export const importVerb: Verb = (program, setExit) => {
  program
    .command('import')
    .description('read production traces: who did what, and who went round and round')
    .argument('<file...>', 'files, each in any of the formats below')
    .option('--json', 'the summary as JSON, one object a line')
    .option('--format <name>', 'read the files in this format')
    .option('--out <file>', "write muster's own trace: .ndjson for events one a line, else one JSON document")
    .option('--list', 'show the steps with their numbers, and write nothing')
    .option('--otlp <file>', 'write the trace as OpenTelemetry OTLP JSON, GenAI conventions')
    .option(
      '--as <what>',
      'loop: write a test that fails on the loop, into the project (or the folder of --out)',
    )
    .option('--name <name>', 'with --as: names the files of the test')
    .option(
      '--steps <a-b>',
      'with --as: one round of the loop or all of them, where none is found or another is meant',
    )
    .option('--run <n>', 'with --as or --list: the run that is meant, of a file of several')
    .option('--no-redact', 'write secrets too')
    .addHelpText('after', help)
    .action((files: readonly string[], flags: ImportFlags) =>
      setExit(flags.as === undefined ? importFiles(files, flags) : importLoop(files, flags)),
    );
};

/** One file that cannot be read does not keep the others from being told. */
function importFiles(files: readonly string[], flags: ImportFlags): ExitStatus {
  const written = flags.out !== undefined || flags.otlp !== undefined;
  if (flags.list === true && written) throw listWrites();
  if (written && files.length > 1) throw oneFileOnly(files.length);
  let status: ExitStatus = 0;
  for (const file of files) {
    try {
      if (flags.list === true) list(file, flags);
      else {
        const parts = importFile(file, flags);
        tell(file, parts, flags);
        if (parts.counts.events === 0) throw noSteps(parts);
      }
    } catch (error) {
      status = 2;
      process.stderr.write(`${file}: `);
      tellMistake(error);
    }
  }
  return status;
}

/** One file, one test. */
function importLoop(files: readonly string[], flags: ImportFlags): ExitStatus {
  const { as, name, format, out, json } = flags;
  const [file] = files;
  if (flags.list === true) throw listWrites();
  if (as !== 'loop') throw unknownAim(as);
  if (file === undefined || files.length > 1) throw oneFileOnly(files.length);
  const [mark, run] = [markOf(flags.steps), runOf(flags.run)];
  const imported = importText(filePieces(file), { format: format ?? null });
  const written = writeLoopTest(file, imported, { name: name ?? null, out: out ?? '.', mark, run });
  const text = json === true ? JSON.stringify(written) : loopTestText(written, paletteFor(process.stdout));
  process.stdout.write(`${text}\n`);
  return 0;
}

function loopTestText(
  { name, paths, why, mended, scenario, asks, asksKnown }: LoopTest,
  palette: Palette,
): string {
  return [
    `${palette.bad('loop')}  ${visibleText(why)}`,
    ...paths.map((path) => `  wrote   ${path}`),
    `  asked   the file holds what ${asksKnown} of ${asks} model calls were shown; a team is compared with those`,
    `  mended  ${mended}`,
    `  test    muster run ${scenario}   fails until the loop is gone; put your own team into the suite`,
    `  replay  muster replay ${name} --step`,
    '',
  ].join('\n');
}

function unknownAim(as: string | undefined): MusterError {
  return new MusterError({
    code: 'BAD_USAGE',
    place: '--as',
    message: 'a trace becomes a test of its loop, and nothing else',
    value: as,
    hint: '--as loop',
  });
}

function tell(file: string, parts: SummaryParts, flags: ImportFlags): void {
  const summary = importSummary(parts);
  const text =
    flags.json === true ? JSON.stringify(summary) : summaryText(file, summary, paletteFor(process.stdout));
  process.stdout.write(`${text}\n`);
}

function list(file: string, { format, run, redact, json }: ImportFlags): void {
  const redaction = redact ? 'secrets' : 'nothing';
  const imported = importText(filePieces(file), { format: format ?? null });
  const steps = listedSteps(file, imported, { run: runOf(run), redaction });
  const text =
    json === true
      ? steps.map((step) => `${JSON.stringify(step)}\n`).join('')
      : stepListText(file, steps, paletteFor(process.stdout));
  process.stdout.write(text);
}

function importFile(file: string, flags: ImportFlags): SummaryParts {
  const { format = null, out, otlp } = flags;
  const written = out !== undefined || otlp !== undefined;
  if (fileBytes(file) > keptBytesMax && !written) return streamFile(file, format);
  const imported = importTraces(filePieces(file), { format });
  const redaction = flags.redact ? 'secrets' : 'nothing';
  if (out !== undefined) writeTraces(imported.runs, { path: out, redaction });
  if (otlp !== undefined) writeOtlp(imported.runs, { path: otlp, redaction });
  const counts = countImported(imported);
  return { ...imported, counts, loops: imported.runs.flatMap(({ events }) => findLoops(events)) };
}

function streamFile(file: string, format: string | null): SummaryParts {
  const watches = new Map<string, LoopWatch>();
  const streamed = importStream(filePieces(file), {
    format,
    onEvent: (run, event) => {
      const watch = watches.get(run) ?? createLoopWatch();
      watches.set(run, watch);
      watch.onEvent(event);
    },
  });
  return { ...streamed, loops: [...watches.values()].flatMap((watch) => watch.end()) };
}

function noSteps({ format, skipped }: SummaryParts): MusterError {
  return new MusterError({
    code: 'IMPORT_NO_STEPS',
    message: `nothing in this file is a step of an agent: it was read as ${format}`,
    hint:
      skipped.length === 0
        ? '--format reads it in another format'
        : 'what was left out, and why, stands in the summary; --format reads it in another format',
  });
}

function listWrites(): MusterError {
  return new MusterError({
    code: 'BAD_USAGE',
    place: '--list',
    message: 'the steps are shown, and nothing is written',
    hint: 'leave --as, --out and --otlp out, or --list',
  });
}

function oneFileOnly(files: number): MusterError {
  return new MusterError({
    code: 'BAD_USAGE',
    place: '--out or --otlp',
    message: 'one file at a time can be written',
    value: `${files} files`,
    hint: 'import them one by one',
  });
}
