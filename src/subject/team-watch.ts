// The team watch: what the model calls of a team show of its handoffs and of its tools.
import type { NowOrLater } from '../base/now-or-later.ts';
import type { Answer, Ask } from '../team/ask.ts';
import { HandoffWatch, type HandoffWatchParts } from './handoff-watch.ts';
import type { Touched } from './http-world.ts';
import type { ModelWatch } from './model-desk.ts';
import { ToolWatch } from './tool-watch.ts';

export interface TeamWatchParts extends HandoffWatchParts {
  /** Tools that have a route, which tells of them itself. */
  readonly routedTools: readonly string[];
}

export class TeamWatch implements ModelWatch {
  readonly #handoffs: HandoffWatch;
  readonly #tools: ToolWatch;

  constructor({ routedTools, ...parts }: TeamWatchParts) {
    const routed = new Set(routedTools);
    this.#handoffs = new HandoffWatch(parts);
    const isToldElsewhere = (tool: string): boolean => routed.has(tool) || this.#handoffs.isTransfer(tool);
    this.#tools = new ToolWatch({ world: parts.world, isToldElsewhere });
  }

  calling(ask: Pick<Ask, 'messages'>): void {
    this.#tools.calling(ask);
  }

  called(ask: Ask, cause: number): void {
    this.#handoffs.called(ask, cause);
  }

  bend(ask: Ask, touched: Touched<'llm'>, cause: number): NowOrLater<Touched<'llm'>> {
    return this.#handoffs.bend(ask, touched, cause);
  }

  answered(ask: Ask, answer: Answer, cause: number): void {
    this.#tools.answered(ask, answer, cause);
    this.#handoffs.answered(ask, answer, cause);
  }
}
