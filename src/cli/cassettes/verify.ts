// muster cassettes verify: whether files say what they were written to say, each recording once and under its own key.
import { MusterError } from '../../base/muster-error.ts';
import { inOrder, readCassette } from '../../llm/cassette/cassette-file.ts';
import { cassettePaths } from '../../llm/cassette/cassette-folder.ts';
import { recordingKey, recordingName, type Cassette } from '../../llm/cassette/recording.ts';
import { counted, type Told } from './told.ts';

interface Complaint {
  readonly file: string;
  readonly pointer: string;
  readonly message: string;
}

export function verifyCassettes(folder: string): Told {
  const complaints: Complaint[] = [];
  const seen = new Map<string, string>();
  const paths = cassettePaths(folder);
  for (const path of paths) complaints.push(...complaintsOf(path, seen));
  return {
    lines: [
      ...complaints.map(({ file, pointer, message }) => `${file}${pointer}: ${message}`),
      `${counted(paths.length, 'file')} verified, ${counted(complaints.length, 'complaint')}`,
    ],
    data: { files: paths.length, complaints: complaints.map((one) => ({ ...one })) },
    exit: complaints.length > 0 ? 1 : 0,
  };
}

function complaintsOf(path: string, seen: Map<string, string>): readonly Complaint[] {
  const cassette = readOrComplain(path);
  if ('message' in cassette) return [cassette];
  return cassette.recordings.flatMap((recording, index): readonly Complaint[] => {
    const at = { file: path, pointer: `#/recordings/${index}` };
    const complaints: Complaint[] = [];
    if (recordingKey(recording.agent, recording.ask) !== recording.key)
      complaints.push({ ...at, message: 'the key is not that of its request: the recording was edited' });
    const before = cassette.recordings[index - 1];
    if (before !== undefined && inOrder(before, recording) > 0)
      complaints.push({ ...at, message: 'it is out of order: files merge badly' });
    const name = recordingName(recording);
    const there = seen.get(name);
    if (there !== undefined)
      complaints.push({ ...at, message: `the same request is recorded at ${there}, too` });
    else seen.set(name, `${path}#/recordings/${index}`);
    return complaints;
  });
}

function readOrComplain(path: string): Cassette | Complaint {
  try {
    return readCassette(path);
  } catch (error) {
    if (!(error instanceof MusterError)) throw error;
    return { file: path, pointer: (error.place ?? '').slice(path.length), message: error.message };
  }
}
