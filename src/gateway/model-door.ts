// The model door: a request for a provider, brought to its codec and to its run; or refused as the provider would.
import { MusterError } from '../base/muster-error.ts';
import type { NowOrLater } from '../base/now-or-later.ts';
import type { ModelRequest } from '../llm/double.ts';
import type { Handled } from '../llm/traffic/wire-traffic.ts';
import { codecFor } from '../llm/wire/codecs.ts';
import type { GatewayLimits } from './limits.ts';
import type { Caller, UnfitBody } from './listener.ts';
import { providerRefusal, type Refusal } from './refusal.ts';
import type { Runs } from './runs.ts';

export class ModelDoor {
  readonly #runs: Runs;
  readonly #limits: GatewayLimits;

  constructor(runs: Runs, limits: GatewayLimits) {
    this.#runs = runs;
    this.#limits = limits;
  }

  answer(caller: Caller): NowOrLater<Handled> {
    const { destination, request } = caller;
    const codec = codecFor(request.method, request.path);
    if (codec === undefined) return this.#refuse(caller, unserved(request));
    try {
      return this.#runs.of(destination.run).serve({ codec, request });
    } catch (error) {
      if (!(error instanceof MusterError)) throw error;
      return providerRefusal(request, { status: 400, code: error.code, message: error.message });
    }
  }

  refuseBody(caller: Caller, { kind }: UnfitBody): Handled {
    const { bodyBytesMax, bodiesBytesMax } = this.#limits;
    switch (kind) {
      case 'notUtf8':
        return this.#refuse(caller, {
          status: 400,
          code: 'GATEWAY_NOT_UTF8',
          message: 'the body of the request is not in UTF-8',
        });
      case 'tooLarge':
        return this.#refuse(caller, {
          status: 413,
          code: 'GATEWAY_BODY_TOO_LARGE',
          message: `the body of the request is larger than ${bodyBytesMax} bytes; --body-max sets the limit`,
        });
      case 'tooMany':
        return this.#refuse(caller, {
          status: 503,
          code: 'GATEWAY_BODIES_TOO_LARGE',
          message: `the bodies of all requests under way are larger than ${bodiesBytesMax} bytes together`,
        });
    }
  }

  #refuse({ destination, request }: Caller, refusal: Refusal): Handled {
    if (this.#runs.isName(destination.run))
      this.#runs.of(destination.run).refused(request, refusal.status, refusal.message);
    return providerRefusal(request, refusal);
  }
}

function unserved({ method, path }: ModelRequest): Refusal {
  return {
    status: 404,
    code: 'GATEWAY_UNSERVED',
    message: `muster does not stand in for ${method} ${path}`,
  };
}
