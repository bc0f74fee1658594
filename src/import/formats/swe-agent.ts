// SWE-agent: trajectories of thoughts, actions and observations.
import { isJsonObject, type Json, type JsonObject } from '../../base/json.ts';
import type { FormatReader, StepSink, TraceFormat } from '../format.ts';
import { Conversation, wordsOf } from '../logs/conversation.ts';
import { isSweHistory } from '../logs/message-log.ts';
import { plainLine, SpeakerLog } from '../logs/speaker-log.ts';
import { asList, asObject, below, firstText, listIn, textIn } from '../reading.ts';

export const sweAgent: TraceFormat = {
  name: 'swe-agent',
  title: 'SWE-agent trajectories: {trajectory: [{action, observation, thought}]}, or {history}',
  shapes: ['document', 'records'],
  detects: ({ values }) => values.length > 0 && values.every(isTrajectory),
  open: (sink) => new TrajectoryReader(sink),
};

function isTrajectory(value: Json): boolean {
  if (!isJsonObject(value)) return false;
  if (!Array.isArray(value['trajectory'])) return isSweHistory(value['history']);
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
    if (record['trajectory'] === undefined) return this.#history(record, { run, agent, place });
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

  /** Demonstrations are kept as the history alone: that has the calls of tools, and their results. */
  #history(
    record: JsonObject,
    { run, agent, place }: { readonly run: string; readonly agent: string; readonly place: string },
  ): void {
    const conversation = new Conversation({ run, agent, offers: [], sink: this.#sink });
    listIn(record, 'history', place).forEach((one, index) => {
      const at = below(below(place, 'history'), index);
      const message = asObject(one, at);
      const [callId = null] = listIn(message, 'tool_call_ids', at);
      conversation.take(callId === null ? message : { ...message, tool_call_id: callId }, at);
    });
    conversation.end();
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
