// The verb gateway: an HTTP server that stands in for providers of models, until it is told to stop.
import { isIP } from 'node:net';
import { MusterError } from '../base/muster-error.ts';
import { parsePlan } from '../chaos/parse-plan.ts';
import { startGateway, type Gateway, type GatewayParts } from '../gateway/gateway.ts';
import type { GatewayLimits } from '../gateway/limits.ts';
import { loopGuard, type GuardMode } from '../gateway/loop-guard.ts';
import type { RunSetup } from '../gateway/run-setup.ts';
import { scriptSetup } from '../gateway/script-setup.ts';
import { readSeed, wholeNumber } from '../vitest/setting-text.ts';
import { recordingSetup, type RecordingFlags, type RecordingSetup } from './gateway-recording.ts';
import { jsonIn } from './json-file.ts';
import type { ExitStatus, Verb } from './verb.ts';

interface GatewayFlags extends RecordingFlags {
  readonly port: string;
  readonly host: string;
  readonly expose?: boolean;
  readonly script?: string;
  readonly plan?: string;
  readonly seed?: string;
  readonly token?: string;
  readonly bodyMax?: string;
  readonly runsMax?: string;
  readonly timeScale?: string;
  readonly guard?: string;
  readonly json?: boolean;
}

const help = `
One file given to --script may hold scripts, attribution rules, a chaos plan and settings; docs/gateway.md has them all.

Examples:
  $ muster gateway --script answers.json
  $ OPENAI_BASE_URL=http://127.0.0.1:4010/v1 OPENAI_API_KEY=any python team.py
  $ muster gateway --port 4010 --script answers.json --plan brownout.json --json
  $ muster gateway --record --upstream openai=https://api.openai.com/v1 --cassettes fixtures/cassettes`;

export const gatewayVerb: Verb = (program, setExit) => {
  program
    .command('gateway')
    .description('stand in for model providers over HTTP, for teams in any language')
    .option('--port <n>', 'where to listen; 0 takes any that is free', '0')
    .option('--host <address>', 'which address to listen on', '127.0.0.1')
    .option('--expose', 'allow an address that other machines can reach')
    .option('--script <file>', 'what is answered, by whom calls are, and what goes wrong')
    .option('--cassettes <folder>', 'replay the recordings of a folder')
    .option('--record [mode]', 'record from upstreams: what is missing (missing), or everything anew (all)')
    .option('--upstream <provider=url...>', 'openai, anthropic or gemini, and the base URL to record from')
    .option('--stale <what>', 'recordings of a changed request: warn and replay them, or miss (warn)')
    .option('--keep-contacts', 'record e-mail addresses and phone numbers as they are')
    .option('--mark-used', 'note which recordings are replayed, for muster cassettes prune')
    .option('--plan <file>', 'a chaos plan, armed from the start')
    .option('--seed <n>', 'seed of all that is drawn (1)')
    .option('--token <secret>', 'token of the control API; made up where it is not given')
    .option('--body-max <bytes>', 'refuse requests with a larger body (67108864)')
    .option('--runs-max <n>', 'remember so many runs (256)')
    .option('--time-scale <factor>', "how many times as long a fault's delays take (1)")
    .option('--guard <mode>', 'watch each run for loops: alarm notes them in the journal, stop ends the run')
    .option('--json', 'print one line of JSON once it listens, and nothing else')
    .addHelpText('after', help)
    .action(async (flags: GatewayFlags) => setExit(await serve(flags)));
};

async function serve(flags: GatewayFlags): Promise<ExitStatus> {
  const recording = recordingSetup(flags);
  const gateway = await startGateway(partsOf(flags, recording));
  process.stdout.write(flags.json === true ? jsonLine(gateway) : words(gateway));
  const stop = (): void => void gateway.close();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  await gateway.closed;
  recording?.finish();
  return 0;
}

function jsonLine(gateway: Gateway): string {
  return `${JSON.stringify({ ...gateway.urls(), token: gateway.token })}\n`;
}

function words(gateway: Gateway): string {
  const { openai, anthropic, gemini, control } = gateway.urls();
  return [
    `OPENAI_BASE_URL=${openai}`,
    `ANTHROPIC_BASE_URL=${anthropic}`,
    `GOOGLE_GEMINI_BASE_URL=${gemini.replace(/\/v1beta$/, '')}`,
    `control API: ${control} (token ${gateway.token})`,
    'any key will do; Ctrl-C stops\n',
  ].join('\n');
}

function partsOf(flags: GatewayFlags, recording: RecordingSetup | null): GatewayParts {
  const limits: Partial<GatewayLimits> = {
    ...(flags.bodyMax === undefined ? {} : { bodyBytesMax: positive(flags.bodyMax, '--body-max') }),
    ...(flags.runsMax === undefined ? {} : { runsMax: positive(flags.runsMax, '--runs-max') }),
  };
  return {
    port: portOf(flags.port),
    host: hostOf(flags),
    setup: setupOf(flags, recording),
    limits,
    ...(flags.token === undefined ? {} : { token: tokenOf(flags.token) }),
    ...(flags.timeScale === undefined ? {} : { timeScale: scaleOf(flags.timeScale) }),
    onDefect: (error) => process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`),
  };
}

/** What a flag says goes before the script file. */
function setupOf(
  { script, plan, seed, guard }: GatewayFlags,
  recording: RecordingSetup | null,
): Partial<RunSetup> {
  const written = script === undefined ? {} : scriptSetup(jsonIn(script), script);
  return {
    ...written,
    ...(recording === null ? {} : { model: recording.model }),
    ...(plan === undefined ? {} : { chaos: parsePlan(jsonIn(plan), planPlace(plan, written)) }),
    ...(guard === undefined ? {} : { watch: loopGuard(guardOf(guard)) }),
    ...(seed === undefined ? {} : { seed: readSeed(seed, '--seed') }),
  };
}

function planPlace(place: string, { agents }: Partial<RunSetup>) {
  return { place, ...(agents === undefined ? {} : { agents }) };
}

function hostOf({ host, expose }: GatewayFlags): string {
  const isLoopback = host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
  if (isLoopback || expose === true) return host;
  throw new MusterError({
    code: 'GATEWAY_EXPOSED',
    place: '--host',
    message: 'other machines could reach the gateway at this address',
    value: host,
    hint: 'add --expose if that is meant',
  });
}

function portOf(text: string): number {
  const port = wholeNumber(text);
  if (port !== null && port >= 0 && port <= 65_535) return port;
  throw badFlag('--port', text, 'a port is a whole number from 0 to 65535');
}

function guardOf(mode: string): GuardMode {
  if (mode === 'alarm' || mode === 'stop') return mode;
  throw badFlag('--guard', mode, 'a guard is alarm or stop');
}

function positive(text: string, place: string): number {
  const value = wholeNumber(text);
  if (value !== null && value > 0) return value;
  throw badFlag(place, text, 'a whole number above zero is missing');
}

function scaleOf(text: string): number {
  const scale = Number(text);
  if (Number.isFinite(scale) && scale > 0) return scale;
  throw badFlag('--time-scale', text, 'a factor is a number above zero, such as 0.1');
}

function tokenOf(text: string): string {
  if (text !== '') return text;
  throw badFlag('--token', text, 'an empty token protects nothing');
}

function badFlag(place: string, value: string, message: string): MusterError {
  return new MusterError({ code: 'BAD_USAGE', place, message, value });
}
