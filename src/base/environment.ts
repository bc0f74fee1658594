// The process environment, read in one place.

/** The value of an environment variable; undefined when unset or empty. */
export function environmentVariable(name: string): string | undefined {
  const value = process.env[name];
  return value === undefined || value === '' ? undefined : value;
}
