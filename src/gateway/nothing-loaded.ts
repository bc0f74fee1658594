// Nothing loaded: what answers for a run that was given neither a script nor recordings.
import { MusterError } from '../base/muster-error.ts';
import type { ModelDouble } from '../llm/double.ts';

export const nothingLoaded: ModelDouble = {
  name: 'nothing',
  answer: () => {
    throw new MusterError({
      code: 'GATEWAY_NOTHING_LOADED',
      message: 'this run of the gateway was given nothing to answer with',
      hint: 'start it with --script or --cassettes, or load a script: POST <control>/script',
    });
  },
};
