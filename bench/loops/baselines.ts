// Detectors that anybody would try first: what ours must be better than.
import type { MessageLog } from './message-log.ts';

type Rule = (log: MessageLog) => boolean;
const times = 3;
/** Shorter messages come again in any log. */
const charsMin = 30;

export const baselinesNote =
  'The baselines are our own reading of their names; apart from the rule of length they come out otherwise than the figures known for them.';

export const baselines: Readonly<Record<string, Rule>> = {
  'more than 100 messages': ({ messages }) => messages.length > 100,
  'exact cycle': (log) => hasCycle(log.messages.map(({ agent, content }) => `${agent}\n${content}`)),
  'near-duplicate': (log) => hasNearDuplicates(log),
  'near-duplicate, 30 characters and more': ({ messages, ...log }) =>
    hasNearDuplicates({ ...log, messages: messages.filter(({ content }) => content.length >= charsMin) }),
  'tool signature': ({ messages }) =>
    most(messages.flatMap(({ agent, role, tool, content }) => signature(agent, role, tool, content))) >=
    times,
};

/** A block of up to 10 messages three times in a row. */
function hasCycle(texts: readonly string[]): boolean {
  for (let period = 1; period <= 10; period += 1) {
    let run = 0;
    for (let index = period; index < texts.length; index += 1) {
      run = texts[index] === texts[index - period] ? run + 1 : 0;
      if (run >= period * (times - 1)) return true;
    }
  }
  return false;
}

function hasNearDuplicates({ messages }: MessageLog): boolean {
  const seen = messages
    .filter(({ agent }) => agent !== 'System')
    .map(({ agent, content }) => ({
      agent,
      grams: trigrams(content),
    }));
  return seen.some(
    (one, index) =>
      seen.filter(
        (other, place) =>
          place > index && other.agent === one.agent && jaccard(one.grams, other.grams) >= 0.8,
      ).length >=
      times - 1,
  );
}

function trigrams(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
  return new Set(words.slice(0, -2).map((_, index) => words.slice(index, index + 3).join(' ')));
}

function jaccard(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let both = 0;
  for (const gram of one) if (other.has(gram)) both += 1;
  const all = one.size + other.size - both;
  return all === 0 ? 0 : both / all;
}

/** The name of what is called, and how its arguments begin. */
function signature(agent: string, role: string, tool: string | null | undefined, content: string): string[] {
  if (tool !== undefined && tool !== null) return [`${agent} ${tool}`];
  const call = /[\w.]+\([^)\n]{0,200}\)?/.exec(content)?.[0];
  return role === 'tool_call' || content.includes('Action:') ? [`${agent} ${call ?? ''}`] : [];
}

function most(keys: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return Math.max(0, ...counts.values());
}
