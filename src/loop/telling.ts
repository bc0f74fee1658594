// How a loop is told: who, what, what it cost, and why it is called one.
import type { Chain } from './chain.ts';
import type { Loop, LoopKind } from './loop.ts';
import { stretchOf, type Ring } from './ring.ts';

export function tell(ring: Ring): Loop {
  const { kind, period, repetitions } = ring;
  const chains = [...ring.chains].sort((one, other) => one.first.place - other.first.place);
  const lasts = chains.map(({ last }) => last);
  const second = Math.min(...chains.map((chain) => (chain.second ?? chain.last).atMs));
  const agents = distinct(lasts.map(({ agent }) => agent));
  const tools = distinct(lasts.map(({ tool }) => tool));
  return {
    kind,
    agents,
    tools,
    edges: distinct(lasts.map(({ edge }) => edge)),
    ...stretchOf(ring),
    firstSeq: Math.min(...chains.map(({ first }) => first.seq)),
    lastSeq: Math.max(...lasts.map(({ seq }) => seq)),
    period,
    repetitions,
    tokens: agents.reduce((sum, agent) => sum + billed(chains, agent), 0),
    timeMs: Math.max(...lasts.map(({ atMs }) => atMs)) - second,
    progress: progressOf(chains),
    reason: `${agents.join(' and ')} ${reasons[kind](tools)} ${repetitions} times, every ${period} steps`,
  };
}

function distinct(values: readonly (string | null)[]): readonly string[] {
  return [...new Set(values.filter((value) => value !== null))];
}

function billed(chains: readonly Chain[], agent: string): number {
  const own = chains.filter(({ last }) => last.agent === agent);
  const from = Math.min(...own.map(({ first }) => first.agentTokens));
  return Math.max(...own.map(({ last }) => last.agentTokens)) - from;
}

const reasons: Readonly<Record<LoopKind, (tools: readonly string[]) => string>> = {
  repeat: (tools) => (tools.length > 0 ? `called ${tools.join(', ')} alike` : 'said the same'),
  retry: (tools) =>
    tools.length > 0 ? `came back to the same call of ${tools.join(', ')}` : 'came back to the same words',
  exchange: () => 'passed the same things back and forth',
  rework: () => 'handed in the same work after it was rejected',
  waitingRing: () => 'handed on in a ring while nobody acted',
  rewording: (tools) =>
    tools.length > 0
      ? `put the same question to ${tools.join(', ')} in other words`
      : 'said nearly the same in other words',
  restart: () => 'began anew',
  iteration: (tools) => (tools.length > 0 ? `used ${tools.join(', ')} with changing success` : 'went on'),
};

function progressOf(chains: readonly Chain[]): string {
  const rounds = chains.reduce((sum, { count }) => sum + count - 1, 0);
  const news = chains.reduce((sum, chain) => sum + chain.news, 0);
  if (news > 0) return `${news} of ${rounds} results were new`;
  if (chains.every(({ last }) => last.result !== null && last.failed)) return 'none: it failed every time';
  return chains.some(({ last }) => last.result !== null)
    ? 'none: the results stayed the same'
    : `none: ${Math.round((100 * chains.reduce((sum, { likeness }) => sum + likeness, 0)) / rounds)} % of the words came again`;
}
