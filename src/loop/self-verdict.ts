// What a team says of itself in structured output: that it is stuck, or that it gets on.

/** How deep in an answer its members are looked at, and how many of them. */
const depthMax = 3;
const membersMax = 200;
const about = /loop|stuck|stall|progress/i;
const negated = /(^|[^a-z])(no|not|without)([^a-z]|$)/i;

/**
 * The share of a team's own yes-or-no answers that say it is stuck: 0 to 1. Null: it gave none. Counted are members named
 * after a loop, being stuck or progress that are booleans, or objects with a boolean `answer` or `value`.
 */
export function selfVerdictOf(text: string): number | null {
  const from = text.indexOf('{');
  if (from === -1 || !about.test(text)) return null;
  const flags = flagsIn(parsed(text.slice(from, text.lastIndexOf('}') + 1)), depthMax);
  return flags.length === 0 ? null : flags.filter(Boolean).length / flags.length;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // an answer that is no JSON is none about itself
  }
}

/** For each answer: whether it says that the team is stuck. */
function flagsIn(value: unknown, depth: number): readonly boolean[] {
  if (typeof value !== 'object' || value === null || depth === 0) return [];
  return Object.entries(value)
    .slice(0, membersMax)
    .flatMap(([key, member]) => {
      const answer = about.test(key) ? answerOf(member) : null;
      return answer === null ? flagsIn(member, depth - 1) : [answer === saysStuck(key)];
    });
}

function answerOf(member: unknown): boolean | null {
  if (typeof member === 'boolean') return member;
  if (typeof member !== 'object' || member === null) return null;
  const { answer, value } = member as { readonly answer?: unknown; readonly value?: unknown };
  if (typeof answer === 'boolean') return answer;
  return typeof value === 'boolean' ? value : null;
}

/** Whether a yes to what the key asks means being stuck. */
function saysStuck(key: string): boolean {
  const words = key.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/_/g, ' ');
  return /progress/i.test(words) === negated.test(words);
}
