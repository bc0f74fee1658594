// The verb faults: the catalogue of faults that a plan can inject.
import Table from 'cli-table3';
import { MusterError } from '../base/muster-error.ts';
import { catalogueRow, faults, type CatalogueRow } from '../chaos/catalogue.ts';
import { nearestName } from '../chaos/nearest-name.ts';
import { pluralText } from '../report/figure.ts';
import { paletteFor } from './colour.ts';
import type { Verb } from './verb.ts';

interface ListFlags {
  readonly family?: string;
  readonly json?: boolean;
}

const help = `
Examples:
  $ muster faults ls --family delays
  $ muster faults ls --json`;

export const faultsVerb: Verb = (program) => {
  program
    .command('faults')
    .description('what chaos can inject')
    .command('ls')
    .description('list the catalogue')
    .option('--family <name>', 'one family only')
    .option('--json', 'rows with the JSON Schema of their parameters')
    .addHelpText('after', help)
    .action(list);
};

function list({ family, json }: ListFlags): void {
  const rows = ofFamily(faults.map(catalogueRow), family);
  if (json === true) process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
  else process.stdout.write(`${tableOf(rows)}\n${pluralText(rows.length, 'fault')}\n`);
}

function ofFamily(rows: readonly CatalogueRow[], family: string | undefined): readonly CatalogueRow[] {
  if (family === undefined) return rows;
  const chosen = rows.filter((row) => row.family === family);
  if (chosen.length > 0) return chosen;
  const families = [...new Set(rows.map((row) => row.family))];
  throw new MusterError({
    code: 'UNKNOWN_FAMILY',
    place: '--family',
    message: 'there is no such family',
    value: family,
    hint: `did you mean ${nearestName(family, families)}? There are ${families.join(', ')}`,
  });
}

function tableOf(rows: readonly CatalogueRow[]): string {
  const { bold } = paletteFor(process.stdout);
  const head = ['kind', 'family', 'bends', 'parameters', 'what it does'].map(bold);
  const table = new Table({
    style: { head: [], border: [] },
    head,
    colWidths: [null, null, null, 26, 48],
    wordWrap: true,
  });
  for (const row of rows)
    table.push([row.kind, row.family, `${row.crossing}, ${row.phase}`, parametersOf(row), row.summary]);
  return table.toString();
}

function parametersOf({ parameters }: CatalogueRow): string {
  const { properties } = parameters;
  const names = typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
  return names.join(', ');
}
