// Filters: the triggers that say which crossings are meant, as opposed to which of them by number or time.
import type { Crossing } from './crossing.ts';
import type { Trigger } from './plan.ts';

export type CrossingTest = (crossing: Crossing) => boolean;

/** True for `onAgent`, `onTool`, `onEdge`, `onRecord`, and what `and`, `or` and `not` make of these alone. */
export function isFilter(trigger: Trigger): boolean {
  switch (trigger.kind) {
    case 'onAgent':
    case 'onTool':
    case 'onEdge':
    case 'onRecord':
      return true;
    case 'and':
    case 'or':
      return trigger.of.every(isFilter);
    case 'not':
      return isFilter(trigger.of);
    case 'always':
    case 'nth':
    case 'every':
    case 'probability':
    case 'between':
    case 'after':
    case 'until':
    case 'markov':
    case 'burst':
    case 'max':
    case 'cooldown':
      return false;
  }
}

/** The members of an `and`, with `and`s inside it opened up, so that grouping does not change what is counted. */
export function conjuncts(trigger: Trigger & { readonly kind: 'and' }): readonly Trigger[] {
  return trigger.of.flatMap((part) => (part.kind === 'and' ? conjuncts(part) : [part]));
}
