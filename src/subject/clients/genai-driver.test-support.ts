// Driver of `@google/genai`: generateContent, plain and streamed.
import { GoogleGenAI, type GenerateContentResponse } from '@google/genai';
import type { Json } from '../../base/json.ts';
import { prompt, system, weather, type ClientDriver, type Seen } from './client-driver.test-support.ts';

const client = (): GoogleGenAI => new GoogleGenAI({ apiKey: 'offline' });

export const genaiDriver: ClientDriver = {
  name: '@google/genai, models',
  package: '@google/genai',
  tries: 1,
  errorOf: () => 'ApiError',
  refusal: 'seen',
  ask: async ({ form, tools, schema }) => {
    const { name, description, parameters } = weather;
    const request = {
      model: 'gemini-3-pro',
      contents: prompt,
      config: {
        systemInstruction: system,
        ...(tools === 'none'
          ? {}
          : { tools: [{ functionDeclarations: [{ name, description, parametersJsonSchema: parameters }] }] }),
        ...(schema === null ? {} : { responseMimeType: 'application/json', responseJsonSchema: schema }),
      },
    };
    if (form === 'plain') return seen([await client().models.generateContent(request)]);
    const chunks: GenerateContentResponse[] = [];
    for await (const chunk of await client().models.generateContentStream(request)) chunks.push(chunk);
    return seen(chunks);
  },
  embed: async (texts) => {
    const { embeddings = [] } = await client().models.embedContent({
      model: 'gemini-embedding-001',
      contents: [...texts],
    });
    return embeddings.map(({ values = [] }) => values);
  },
};

function seen(chunks: readonly GenerateContentResponse[]): Seen {
  const candidates = chunks.map((chunk) => chunk.candidates?.[0]);
  const parts = candidates.flatMap((candidate) => candidate?.content?.parts ?? []);
  const reasoning = parts.map((part) => (part.thought === true ? (part.text ?? '') : '')).join('');
  const usage = chunks.at(-1)?.usageMetadata;
  return {
    text: parts.map((part) => (part.thought === true ? '' : (part.text ?? ''))).join(''),
    tools: parts.flatMap(({ functionCall: call }) =>
      call === undefined ? [] : [{ name: call.name ?? '', arguments: (call.args ?? null) as Json }],
    ),
    ...(reasoning === '' ? {} : { reasoning }),
    finish: candidates.at(-1)?.finishReason ?? '',
    ...(usage === undefined
      ? {}
      : { usage: [usage.promptTokenCount ?? 0, usage.candidatesTokenCount ?? 0] as const }),
  };
}
