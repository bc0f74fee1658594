// Plans about answers that come garbled: bytes and events on the wire, and JSON that is none.
import { inject, max, nth, plan, probability } from 'passmuster/chaos';

export const choppyWire = plan(
  'choppy-wire',
  'Bytes that come in other pieces than they were sent in change nothing.',
  [
    inject('stream.rechunk', { bytes: 5 }, nth(1)),
    inject('stream.splitUtf8', {}, nth(2)),
    inject('stream.splitSseField', {}, probability(0.5)),
  ],
);

export const brokenAnswers = plan(
  'broken-answers',
  'An answer that breaks down after it has begun is asked for again, or the team says that it failed.',
  [
    inject('stream.error-after-200', {}, nth(1)),
    inject('stream.missingFinish', {}, max(1, probability(0.3))),
  ],
);

export const malformedAnswers = plan(
  'malformed-answers',
  'Answers that are not the JSON that was asked for are sent back, and what was garbled is not handed on.',
  [
    inject('content.malformedJson', { form: 'missingBrace' }, nth(1)),
    inject('content.malformedJson', { form: 'trailingComma' }, max(1, probability(0.2))),
  ],
);
