// The plugin: the one line in `vitest.config.ts` that makes vitest run suites and write their reports.
import { fileURLToPath } from 'node:url';
import { configDefaults } from 'vitest/config';
import type { Vite } from 'vitest/node';
import { environmentSettings } from './environment-settings.ts';
import { MusterReporter } from './reporter.ts';
import { musterKey } from './settings.ts';
import { pluginName, suiteGlob } from './suite-file.ts';

/** The setup file beside this one: source in this repo, JavaScript in the package. */
const setupFile = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? './setup.ts' : './setup.js', import.meta.url),
);

/**
 * For `plugins` of a vitest config, or of the one project that holds the suites. A project without an `include` of its
 * own gets `suites/**` beside the usual tests. Tests are never retried: a retry would hide what chaos found.
 */
export function muster(): Vite.Plugin {
  return {
    name: pluginName,
    config: (config) => ({
      test: {
        setupFiles: [setupFile],
        ...(config.test?.include === undefined ? { include: [...configDefaults.include, suiteGlob] } : {}),
      },
    }),
    configureVitest: ({ vitest, project }) => {
      const { root } = vitest.config;
      const given = vitest.config.provide[musterKey];
      project.config.retry = 0;
      project.provide(musterKey, given === undefined ? environmentSettings(root) : { ...given, root });
      // Given settings come from the command line, which writes the reports itself.
      if (given !== undefined || vitest.config.reporters.some(isOurs)) return;
      vitest.config.reporters.push(new MusterReporter(vitest, environmentSettings(root)));
    },
  };
}

function isOurs(reporter: unknown): boolean {
  return typeof reporter === 'object' && reporter !== null && 'writesMusterReports' in reporter;
}
