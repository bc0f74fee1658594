// L4: after a crash another process takes over, and takes over everything.
import { findingOn } from './driver-findings.ts';
import type { Invariant } from './invariant.ts';
import { broken, held, unknown } from './verdict.ts';

export const recoveryComplete: Invariant = {
  id: 'L4',
  sentence: 'Recovery dispatches every obligation again.',
  check(index) {
    let [started, fallen, crashes] = [false, 0, 0];
    for (const event of index.crashes) {
      if (event.kind === 'mission.started') started = true;
      // Before the mission has started there is nothing to take over.
      else if (event.kind === 'resumed') fallen = 0;
      else if (started) [fallen, crashes] = [event.seq, crashes + 1];
    }
    if (crashes === 0)
      return index.trace.team === null ? unknown('a crash of this team would not show in the trace') : held;
    if (fallen > 0) return broken('the steward crashed, and nobody took over', fallen);
    return findingOn(index, 'L4');
  },
};
