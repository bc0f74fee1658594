// The scan of a cassette: secrets that are in it still, those that a recorded stream tells in pieces as well.
import type { Json } from '../../base/json.ts';
import { textOfBody, type Cassette } from './recording.ts';
import { redactBody } from '../redaction/redact-body.ts';
import type { Redaction } from '../redaction/secret-patterns.ts';
import { findSecrets, type SecretFinding } from '../redaction/secret-scan.ts';

export function secretsInCassette(cassette: Cassette, redaction: Redaction): readonly SecretFinding[] {
  const whole = findSecrets(cassette as unknown as Json, redaction);
  const inPieces = cassette.recordings.flatMap(({ outcome }, index): readonly SecretFinding[] => {
    const pointer = `#/recordings/${index}/outcome/body`;
    if (outcome.kind !== 'sent' || whole.some((one) => one.pointer.startsWith(pointer))) return [];
    const text = textOfBody(outcome.body);
    return redactBody(text, redaction) === text ? [] : [{ pointer, kind: 'secret' }];
  });
  return [...whole, ...inPieces];
}
