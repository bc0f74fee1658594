// The faked double: answers made up from the schema that the caller asked for, realistic and seeded.
import type { Faker } from '@faker-js/faker';
import { faker as english } from '@faker-js/faker/locale/en';
import { isJsonObject } from '../../base/json.ts';
import type { Random } from '../../base/random.ts';
import type { Ask } from '../../team/ask.ts';
import { completeAnswer, say, useTool, type AnswerDraft } from '../answer-draft.ts';
import type { ModelDouble } from '../double.ts';
import { fakeValue } from './faked-value.ts';
import type { FakedWorld } from './faked-world.ts';

export interface FakedParts {
  /** `never`: the first answer is the final one. `once`: each offered tool is used once, in turn, before it. */
  readonly tools?: 'never' | 'once';
  /** The day that faked dates lie around, in milliseconds since the Unix epoch. */
  readonly todayMs?: number;
}

/** By way of the English one: the package's own door loads every language, which takes a quarter of a second. */
const EnglishFaker = english.constructor as typeof Faker;

/** 2026-01-05T09:00:00Z: when missions start in virtual time. */
const everydayTodayMs = 1_767_603_600_000;

/**
 * Draws from the stream of the call alone, so an answer is the same whatever was asked before it. One `Faker` serves
 * all calls: building one costs 75 microseconds, seeding one 24, pointing it at another stream nothing.
 */
export function faked({ tools = 'never', todayMs = everydayTodayMs }: FakedParts = {}): ModelDouble {
  const stream: { current: Random | null } = { current: null };
  const faker = new EnglishFaker({
    locale: english.rawDefinitions,
    randomizer: { next: () => stream.current?.next() ?? 0.5, seed: () => undefined },
  });
  faker.setDefaultRefDate(todayMs);
  return {
    name: 'faked',
    answer: (ask, random) => {
      stream.current = random;
      const world: FakedWorld = { faker, todayMs };
      return completeAnswer(ask, draft(ask, world, tools));
    },
  };
}

function draft(ask: Ask, world: FakedWorld, tools: 'never' | 'once'): AnswerDraft {
  const unused = tools === 'once' ? ask.tools.find((offer) => !isUsed(ask, offer.name)) : undefined;
  if (unused !== undefined) {
    const args = fakeValue(unused.parameters, unused.name, world);
    return useTool(unused.name, isJsonObject(args) ? args : {});
  }
  if (ask.responseSchema === undefined) return say(world.faker.lorem.sentences({ min: 1, max: 3 }));
  return say(fakeValue(ask.responseSchema, 'answer', world));
}

function isUsed(ask: Ask, tool: string): boolean {
  return ask.messages.some(
    (message) => message.role === 'assistant' && message.toolCalls.some((call) => call.name === tool),
  );
}
