// A chaos plan: a hypothesis and the injections that test it. Plain JSON.
import type { JsonObject } from '../base/json.ts';

/** When an injection fires, over the 1-based count of crossings in its scope. */
export type Trigger =
  | { readonly kind: 'always' }
  | { readonly kind: 'nth'; readonly n: number }
  | { readonly kind: 'every'; readonly n: number; readonly offset?: number }
  | { readonly kind: 'probability'; readonly p: number }
  | { readonly kind: 'between'; readonly from: number; readonly to: number }
  | { readonly kind: 'after'; readonly elapsedMs: number }
  | { readonly kind: 'until'; readonly elapsedMs: number }
  | { readonly kind: 'onAgent'; readonly agent: string }
  | { readonly kind: 'onTool'; readonly tool: string }
  | { readonly kind: 'onEdge'; readonly from: string; readonly to: string }
  | { readonly kind: 'onRecord'; readonly event: string }
  /** Two states; `enter` and `leave` are the chances to change at each crossing; fires while in the bad state. */
  | { readonly kind: 'markov'; readonly enter: number; readonly leave: number }
  /** `length` crossings in a row, from the `start`-th on, again after `gap` crossings (never when `gap` is absent). */
  | { readonly kind: 'burst'; readonly start: number; readonly length: number; readonly gap?: number }
  | { readonly kind: 'and'; readonly of: readonly Trigger[] }
  | { readonly kind: 'or'; readonly of: readonly Trigger[] }
  | { readonly kind: 'not'; readonly of: Trigger }
  | { readonly kind: 'max'; readonly times: number; readonly of: Trigger }
  | { readonly kind: 'cooldown'; readonly crossings: number; readonly of: Trigger };

export interface Scope {
  readonly agents?: readonly string[];
  readonly tools?: readonly string[];
  /** `from->to` */
  readonly edges?: readonly string[];
}

export interface Injection {
  readonly fault: { readonly kind: string } & JsonObject;
  readonly trigger: Trigger;
  readonly scope?: Scope;
}

export interface Plan {
  readonly schemaVersion: 1;
  readonly name: string;
  /** What the team is expected to do under this plan. */
  readonly hypothesis: string;
  readonly injections: readonly Injection[];
}
