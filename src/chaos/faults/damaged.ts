// Damage to an answer on its way: what a fault of bytes or events makes of it, where there are any.
import type { Bending } from '../fault.ts';
import type { Mishap, ModelOutcome } from '../outcome.ts';

/**
 * Null where the answer does not travel as bytes, as between the simulator and its models, and where something else has
 * damaged it already. `events`: damage that only a stream knows.
 */
export function damaged(
  { outcome, crossing }: Bending<'llm'>,
  where: 'bytes' | 'events',
  mishap: Mishap,
): ModelOutcome | null {
  if (outcome?.kind !== 'answered' || outcome.delivery.mishap?.kind !== 'none') return null;
  if (where === 'events' && crossing.form === 'plain') return null;
  return { ...outcome, delivery: { ...outcome.delivery, mishap } };
}
