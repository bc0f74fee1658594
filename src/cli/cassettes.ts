// The verb cassettes: what recordings there are, whether they are whole, hold no secrets, and are still used.
import type { ExitStatus, Verb } from './verb.ts';
import { listCassettes } from './cassettes/list.ts';
import { pruneCassettes, type PruneFlags } from './cassettes/prune.ts';
import { scanCassettes } from './cassettes/scan.ts';
import type { Told } from './cassettes/told.ts';
import { verifyCassettes } from './cassettes/verify.ts';

interface Flags {
  readonly json?: boolean;
}

const usualFolder = 'fixtures/cassettes';

export const cassettesVerb: Verb = (program, setExit) => {
  const group = program.command('cassettes').description('look after recorded answers; docs/cassettes.md');
  const tell = (told: Told, { json = false }: Flags): void => {
    process.stdout.write(json ? `${JSON.stringify(told.data)}\n` : `${told.lines.join('\n')}\n`);
    setExit(told.exit satisfies ExitStatus);
  };
  const subcommand = (name: string, description: string) =>
    group
      .command(`${name} [folder]`)
      .description(`${description} (${usualFolder})`)
      .option('--json', 'print one line of JSON');
  subcommand('ls', 'list the recordings of a folder').action((folder: string | undefined, flags: Flags) =>
    tell(listCassettes(folder ?? usualFolder), flags),
  );
  subcommand('verify', 'check that every recording is whole, in its place, and there once').action(
    (folder: string | undefined, flags: Flags) => tell(verifyCassettes(folder ?? usualFolder), flags),
  );
  subcommand('scan', 'fail on any secret that is left')
    .option('--contacts', 'e-mail addresses and phone numbers, too, where a file says that it keeps them')
    .action((folder: string | undefined, flags: Flags & { contacts?: boolean }) =>
      tell(
        scanCassettes(folder ?? usualFolder, flags.contacts === true ? 'secretsAndContacts' : null),
        flags,
      ),
    );
  subcommand('prune', 'take out recordings that no run asked for since runs were marked')
    .option('--unused-since <date>', 'those that were last used before this day, as 2026-11-01')
    .option('--yes', 'do it; without this, only say what would be done')
    .action((folder: string | undefined, flags: Flags & PruneFlags) =>
      tell(pruneCassettes(folder ?? usualFolder, flags), flags),
    );
};
