// S8: nothing runs with a credential that it may not use, and nothing of a replaced process counts.
import type { Invariant } from './invariant.ts';
import { definitionAt } from './pinned-definition.ts';
import type { StoryEvent, TraceIndex } from './trace-index.ts';
import { broken, held, unknown, worst, type Ruling } from './verdict.ts';

export const credentialsAndEpochsFence: Invariant = {
  id: 'S8',
  sentence: 'Nothing runs with a revoked or out-of-scope credential, and no answer of an older epoch counts.',
  check(index) {
    if (index.trace.team === null) return unknown('the credentials of this team are not known');
    return worst(checkCredentials(index), checkEpochs(index));
  },
};

type Call = StoryEvent<'tools'>;
type Grant = Extract<StoryEvent<'credentials'>, { readonly kind: 'credential.granted' }>;

function checkCredentials(index: TraceIndex): Ruling {
  const live = new Map<string, Grant>();
  for (const event of index.credentials) {
    switch (event.kind) {
      case 'credential.granted':
        live.set(event.credential, event);
        break;
      case 'credential.revoked':
        live.delete(event.credential);
        break;
      case 'tool.called': {
        const wrong = badCredential(index, event, live.get(event.credential ?? ''));
        if (wrong !== null) return broken(`${event.agent} called ${event.tool} ${wrong}`, event.seq);
      }
    }
  }
  return held;
}

function badCredential({ trace }: TraceIndex, call: Call, grant: Grant | undefined): string | null {
  if (grant === undefined)
    return `with ${call.credential ?? 'no credential'}, which is not granted or was revoked`;
  if (grant.agent !== call.agent) return `with the credential of ${grant.agent}`;
  const scope = trace.team?.tools[call.tool]?.scope ?? call.scope;
  if (scope === null || call.scope !== scope) return `with the scope ${call.scope}, and not ${scope}`;
  if (!grant.scopes.includes(scope)) return `without the scope ${scope}`;
  const own = definitionAt(trace, call.agent, call.version)?.scopes;
  return own === undefined || own.includes(scope)
    ? null
    : `with the scope ${scope}, which its role has not got`;
}

/** Where causes lead from an accepted answer to its call, the call's own epoch decides; else that of its last dispatch. */
function checkEpochs(index: TraceIndex): Ruling {
  let epoch = 1;
  const dispatchedIn = new Map<string, number>();
  for (const event of index.exchanges) {
    switch (event.kind) {
      case 'resumed':
        if (event.epoch <= epoch) return broken(`epoch ${event.epoch} came after epoch ${epoch}`, event.seq);
        epoch = event.epoch;
        break;
      case 'model.called':
      case 'tool.called':
        if (event.epoch < epoch)
          return broken(
            `${event.call} was dispatched by epoch ${event.epoch} after epoch ${epoch} took over`,
            event.seq,
          );
        dispatchedIn.set(event.call, event.epoch);
        break;
      case 'tool.probed':
      case 'gate.called':
      case 'handoff.sent':
      case 'approval.asked':
        dispatchedIn.set(event.call, epoch);
        break;
      case 'answer.accepted': {
        // As long as nobody has taken over, there is no older epoch.
        if (epoch === 1) break;
        const answered = epochOfAnswer(index, event) ?? dispatchedIn.get(event.command) ?? epoch;
        if (answered < epoch)
          return broken(
            `an answer to ${event.command} of epoch ${answered} counted in epoch ${epoch}`,
            event.seq,
          );
      }
    }
  }
  return held;
}

/** Follows the causes accepted -> answered -> called; null where they lead elsewhere. */
function epochOfAnswer(
  index: TraceIndex,
  accepted: { readonly command: string; readonly cause: number },
): number | null {
  const answer = index.at(accepted.cause);
  if (answer === undefined || !('call' in answer) || answer.call !== accepted.command) return null;
  const call = index.at(answer.cause);
  if (call?.kind !== 'model.called' && call?.kind !== 'tool.called') return null;
  return call.call === accepted.command ? call.epoch : null;
}
