// `npm run planted`: plants bugs in copies of the steward and hunts for each; every one must be found, and none without.
import { MusterError } from '../src/base/muster-error.ts';
import { bugs } from './planted/bugs.ts';
import type { Hunt } from './planted/hunt-report.ts';
import { hunt } from './planted/hunter.ts';
import { plant } from './planted/mutant.ts';
import type { PlantedBug } from './planted/planted-bug.ts';

const seedsMax = 3_000;
const handsMax = 2;
const healthyTwin: PlantedBug = { name: 'healthy twin', story: 'nothing is wrong', edits: [] };

interface Result extends Hunt {
  readonly bug: PlantedBug;
  readonly seconds: string;
}

try {
  process.exitCode = report(await huntAll(chosen(process.argv.slice(2))));
} catch (error) {
  console.error(error instanceof MusterError ? error.message : error);
  process.exitCode = 2;
}

/** All bugs, or those whose name holds one of the words. */
function chosen(words: readonly string[]): readonly PlantedBug[] {
  return words.length === 0 ? bugs : bugs.filter(({ name }) => words.some((word) => name.includes(word)));
}

/** The healthy twin takes longest, so it goes first. All are planted before the first hunt: a bug that does not apply ends it. */
async function huntAll(list: readonly PlantedBug[]): Promise<readonly Result[]> {
  const queue = [healthyTwin, ...list].map((bug) => ({ bug, folder: plant(bug) }));
  const results: Result[] = [];
  const hands = Array.from({ length: handsMax }, async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const started = performance.now();
      const found = await hunt(next.folder, seedsMax);
      const result = { ...found, bug: next.bug, seconds: ((performance.now() - started) / 1000).toFixed(1) };
      results.push(result);
      console.log(line(result));
    }
  });
  await Promise.all(hands);
  return results;
}

function line({ bug, finding, seeds, seconds, outcomes }: Result): string {
  if (finding !== null)
    return `${bug.name}: killed by ${finding.by} at seed ${finding.seed}, ${seconds} s (${finding.sentence})`;
  const tally = Object.entries(outcomes).map(([outcome, count]) => `${count} ${outcome}`);
  return `${bug.name}: held for ${seeds} seeds, ${seconds} s (${tally.join(', ')})`;
}

/** The exit code: 1 when a bug survived, or when something was found where nothing is wrong. */
function report(results: readonly Result[]): number {
  const planted = results.filter(({ bug }) => bug !== healthyTwin);
  const survivors = planted.filter(({ finding }) => finding === null);
  const falseAlarm = results.find(({ bug, finding }) => bug === healthyTwin && finding !== null);
  if (falseAlarm !== undefined)
    console.log(`FALSE ALARM: the healthy twin was 'killed' at seed ${falseAlarm.finding?.seed}`);
  for (const { bug } of survivors) console.log(`SURVIVED: ${bug.name} (${bug.story})`);
  console.log(`killed ${planted.length - survivors.length} of ${planted.length}`);
  return survivors.length > 0 || falseAlarm !== undefined ? 1 : 0;
}
