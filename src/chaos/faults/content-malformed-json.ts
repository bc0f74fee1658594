// content.malformedJson: JSON that the model was to say is wrapped, decorated or broken.
import { z } from 'zod';
import { defineFault } from '../fault.ts';

const forms = {
  fence: (json: string) => `\`\`\`json\n${json}\n\`\`\``,
  prose: (json: string) => `Sure, here is what you asked for:\n\n${json}\n\nLet me know if you need more.`,
  missingBrace: (json: string) => json.trimEnd().slice(0, -1),
  trailingComma: (json: string) => json.trimEnd().replace(/([}\]])$/, ',$1'),
  singleQuotes: (json: string) => json.replaceAll('"', "'"),
  twice: (json: string) => `${json}\n${json}`,
} as const;

type Form = keyof typeof forms;

export const contentMalformedJson = defineFault({
  kind: 'content.malformedJson',
  catalogueLayer: 'LLM content / semantics',
  family: 'failures',
  layer: 'llm',
  phase: 'reply',
  summary: 'JSON that the model was to say is wrapped, decorated or broken.',
  parameters: z.strictObject({
    form: z.enum(Object.keys(forms) as [Form, ...Form[]]).default('missingBrace'),
  }),
  examples: [
    { form: 'fence' },
    { form: 'prose' },
    { form: 'missingBrace' },
    { form: 'trailingComma' },
    { form: 'singleQuotes' },
    { form: 'twice' },
  ],
  bend({ outcome }, { form }) {
    if (outcome?.kind !== 'answered' || !isJson(outcome.answer.content)) return null;
    return { ...outcome, answer: { ...outcome.answer, content: forms[form](outcome.answer.content) } };
  },
});

function isJson(content: string): boolean {
  if (!/^\s*[[{]/.test(content)) return false;
  try {
    JSON.parse(content);
    return true;
  } catch {
    // What a model says is data; text that is no JSON is left alone.
    return false;
  }
}
