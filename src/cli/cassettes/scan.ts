// muster cassettes scan: secrets that are left in recordings, told by place and kind, never by their text.
import { readFolder } from '../../llm/cassette/cassette-folder.ts';
import { secretsInCassette } from '../../llm/cassette/cassette-scan.ts';
import type { Redaction } from '../../llm/redaction/redaction.ts';
import { counted, type Told } from './told.ts';

/** `redaction` null: each file is held to what it says of itself. */
export function scanCassettes(folder: string, redaction: Redaction | null): Told {
  const files = readFolder(folder);
  const findings = files.flatMap(({ path, cassette }) =>
    secretsInCassette(cassette, redaction ?? cassette.redaction).map(({ pointer, kind }) => ({
      file: path,
      pointer,
      kind,
    })),
  );
  return {
    lines: [
      ...findings.map(({ file, pointer, kind }) => `${file}${pointer}: ${kind}`),
      `${counted(files.length, 'file')} scanned, ${counted(findings.length, 'secret')} found`,
    ],
    data: { files: files.length, findings },
    exit: findings.length > 0 ? 1 : 0,
  };
}
