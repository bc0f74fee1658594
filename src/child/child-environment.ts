// The environment of a child: a short list of what every program needs, where its model providers are, and its mission.
import { environmentVariable } from '../base/environment.ts';
import type { GatewayUrls } from '../gateway/gateway.ts';

/** All that a child sees of this process's environment; secrets are in none of these. */
export const inheritedNames = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'LANG',
  'LC_ALL',
  'LC_CTYPE',
  'TZ',
  'TMPDIR',
  'TEMP',
  'TMP',
  'VIRTUAL_ENV',
  'PYTHONPATH',
  'NODE_PATH',
  'LD_LIBRARY_PATH',
] as const;

/** Any key will do: the gateway takes them all, and none of them is worth anything elsewhere. */
const dummyKey = 'offline-muster-key';

export interface ChildSurroundings {
  readonly urls: GatewayUrls;
  readonly run: string;
  readonly seed: number;
  /** The mission as one line of JSON. */
  readonly mission: string;
  /** What the user adds; it goes before all of ours. */
  readonly added: Readonly<Record<string, string>>;
}

export function childEnvironment({
  urls,
  run,
  seed,
  mission,
  added,
}: ChildSurroundings): Readonly<Record<string, string>> {
  const inherited = inheritedNames.flatMap((name) => {
    const value = environmentVariable(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(inherited),
    OPENAI_BASE_URL: urls.openai,
    OPENAI_API_BASE: urls.openai,
    OPENAI_API_KEY: dummyKey,
    ANTHROPIC_BASE_URL: urls.anthropic,
    ANTHROPIC_API_KEY: dummyKey,
    // The client of Google appends `/v1beta` itself.
    GOOGLE_GEMINI_BASE_URL: urls.gemini.replace(/\/v1beta$/, ''),
    GEMINI_API_KEY: dummyKey,
    GOOGLE_API_KEY: dummyKey,
    MUSTER_RUN: run,
    MUSTER_SEED: String(seed),
    MUSTER_MISSION: mission,
    // No proxy stands between a child and the gateway, and no framework sends its traces home.
    NO_PROXY: '*',
    no_proxy: '*',
    DO_NOT_TRACK: '1',
    OPENAI_AGENTS_DISABLE_TRACING: '1',
    LANGCHAIN_TRACING_V2: 'false',
    LANGSMITH_TRACING: 'false',
    OTEL_SDK_DISABLED: 'true',
    CREWAI_TELEMETRY_OPT_OUT: 'true',
    // Output comes as it is written, also from a child that is killed.
    PYTHONUNBUFFERED: '1',
    PYTHONHASHSEED: '0',
    ...added,
  };
}
