// Suite files: which files of which vitest projects hold scenarios.
import type { TestProject } from 'vitest/node';

/** By this name of its plugin a project is known to hold suites. */
export const pluginName = 'passmuster';

/** For `include` of a project. */
export const suiteGlob = 'suites/**/*.suite.{ts,mts,js,mjs}';

export function hasPlugin(project: TestProject): boolean {
  return project.vite.config.plugins.some((plugin) => plugin.name === pluginName);
}

/** True for `*.suite.ts` and its kin in a project that has the plugin. */
export function isSuite({ project, moduleId }: Module): boolean {
  return /\.suite\.m?[jt]s$/.test(moduleId) && hasPlugin(project);
}

interface Module {
  readonly project: TestProject;
  readonly moduleId: string;
}
