// SWE-agent: trajectories of thoughts, actions and observations.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import type { FormatReader, StepSink, TraceFormat } from '../format.ts';
import { wordsOf } from '../logs/conversation.ts';
import { plainLine, SpeakerLog } from '../logs/speaker-log.ts';
import { asList, asObject, below, firstText, listIn, textIn } from '../reading.ts';

export const sweAgent: TraceFormat = {
  name: 'swe-agent',
  title: 'SWE-agent trajectories: {trajectory: [{action, observation, thought}]}',
  shapes: ['document', 'records'],
  detects: ({ values }) => values.length > 0 && values.every(isTrajectory),
  open: (sink) => new TrajectoryReader(sink),
};

function isTrajectory(value: Json): boolean {
  if (!isJsonObject(value) || !Array.isArray(value['trajectory'])) return false;
  const steps = value['trajectory'] as readonly Json[];
  if (steps.length === 0) return Array.isArray(value['history']) && 'info' in value;
  return steps.every((step) => isJsonObject(step) && 'action' in step && 'observation' in step);
}

class TrajectoryReader implements FormatReader {
  readonly #sink: StepSink;

  constructor(sink: StepSink) {
    this.#sink = sink;
  }

  read(value: Json, place: string): void {
    const record = asObject(value, place);
    const agent = agentIn(listIn(record, 'history', place));
    const run = place === '' ? '' : (firstText(record, ['instance_id', 'environment']) ?? place);
    const log = new SpeakerLog(run, this.#sink);
    this.#task(record, log, place);
    listIn(record, 'attempts', place)
      .slice(1)
      .forEach(() => this.#sink.skip('attempt', 'the trajectory is that of the attempt that was taken'));
    asList(record['trajectory'], below(place, 'trajectory')).forEach((one, index) => {
      const at = below(below(place, 'trajectory'), index);
      this.#step(asObject(one, at), { agent, log, place: at });
    });
  }

  end(): void {
    // Each trajectory was told as it came.
  }

  /** What the agent was told to begin with; what follows in the history, the trajectory tells. */
  #task(record: JsonObject, log: SpeakerLog, place: string): void {
    for (const [index, one] of listIn(record, 'history', place).entries()) {
      const at = below(below(place, 'history'), index);
      const message = asObject(one, at);
      const role = textIn(message, 'role', at);
      if (role !== 'system' && role !== 'user') return;
      log.take({ ...plainLine, agent: role, kind: role, content: wordsOf(message['content']), place: at });
    }
  }

  #step(
    step: JsonObject,
    { agent, log, place }: { readonly agent: string; readonly log: SpeakerLog; readonly place: string },
  ): void {
    const action = textIn(step, 'action', place)?.trim() ?? '';
    const observation = textIn(step, 'observation', place) ?? '';
    const text = textIn(step, 'response', place) ?? textIn(step, 'thought', place) ?? '';
    const line = { ...plainLine, agent, place };
    if (action === '') {
      log.take({ ...line, kind: 'words', content: text });
      log.take({ ...line, agent: 'environment', kind: 'environment', content: observation });
      return;
    }
    const tool = /^[\w.-]+/.exec(action)?.[0] ?? 'action';
    log.take({ ...line, kind: 'call', tool, content: JSON.stringify({ command: action }), words: text });
    log.take({ ...line, kind: 'result', tool: null, content: observation });
  }
}

function agentIn(history: readonly Json[]): string {
  for (const one of history) {
    const agent = isJsonObject(one) ? firstText(one, ['agent']) : null;
    if (agent !== null) return agent;
  }
  return 'agent';
}
