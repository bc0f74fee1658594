// Names in a plan: every agent and tool that an injection speaks of, with its place.
import type { Injection, Scope, Trigger } from './plan.ts';

export interface NamedPart {
  readonly sort: 'agent' | 'tool';
  readonly name: string;
  readonly place: string;
}

/** Names in the scope, in the trigger, and in a fault parameter called `agents`. */
export function namesIn(injection: Injection, place: string): readonly NamedPart[] {
  const { agents } = injection.fault;
  const inFault: readonly unknown[] = Array.isArray(agents) ? agents : [];
  return [
    ...inFault.map((name, index) => agentAt(String(name), `${place}.fault.agents[${index}]`)),
    ...(injection.scope === undefined ? [] : namesInScope(injection.scope, `${place}.scope`)),
    ...namesInTrigger(injection.trigger, `${place}.trigger`),
  ];
}

function namesInScope(scope: Scope, place: string): readonly NamedPart[] {
  return [
    ...(scope.agents ?? []).map((name, index) => agentAt(name, `${place}.agents[${index}]`)),
    ...(scope.tools ?? []).map((name, index) => toolAt(name, `${place}.tools[${index}]`)),
    ...(scope.edges ?? []).flatMap((edge, index) =>
      edge.split('->').map((name) => agentAt(name, `${place}.edges[${index}]`)),
    ),
  ];
}

function namesInTrigger(trigger: Trigger, place: string): readonly NamedPart[] {
  switch (trigger.kind) {
    case 'onAgent':
      return [agentAt(trigger.agent, `${place}.agent`)];
    case 'onTool':
      return [toolAt(trigger.tool, `${place}.tool`)];
    case 'onEdge':
      return [agentAt(trigger.from, `${place}.from`), agentAt(trigger.to, `${place}.to`)];
    case 'and':
    case 'or':
      return trigger.of.flatMap((part, index) => namesInTrigger(part, `${place}.of[${index}]`));
    case 'not':
    case 'max':
    case 'cooldown':
      return namesInTrigger(trigger.of, `${place}.of`);
    case 'always':
    case 'nth':
    case 'every':
    case 'probability':
    case 'between':
    case 'after':
    case 'until':
    case 'onRecord':
    case 'markov':
    case 'burst':
      return [];
  }
}

const agentAt = (name: string, place: string): NamedPart => ({ sort: 'agent', name, place });
const toolAt = (name: string, place: string): NamedPart => ({ sort: 'tool', name, place });
