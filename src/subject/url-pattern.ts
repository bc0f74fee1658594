// URL patterns of routes: a URL with `:name` for one step of the path and `*` for the rest of it.
import { MusterError } from '../base/muster-error.ts';

/** The values of the named steps, decoded; null when the URL does not fit. The query is not compared. */
export type UrlPattern = (url: URL) => Readonly<Record<string, string>> | null;

/** Throws `MusterError` ROUTE_BAD_URL for a pattern that is no absolute URL. */
export function compileUrlPattern(pattern: string): UrlPattern {
  const { origin, steps } = parsed(pattern);
  return (url) => {
    if (url.origin !== origin) return null;
    const found = stepsOf(url);
    const values: Record<string, string> = {};
    for (const [index, step] of steps.entries()) {
      if (step === '*') return values;
      const value = found[index];
      if (value === undefined) return null;
      if (step.startsWith(':')) values[step.slice(1)] = decodeURIComponent(value);
      else if (step !== value) return null;
    }
    return found.length === steps.length ? values : null;
  };
}

function parsed(pattern: string): { readonly origin: string; readonly steps: readonly string[] } {
  if (!URL.canParse(pattern)) {
    throw new MusterError({
      code: 'ROUTE_BAD_URL',
      message: 'the URL of a route is not absolute',
      value: pattern,
      hint: 'write it like https://crm.internal/leads/:lead_id',
    });
  }
  const url = new URL(pattern);
  return { origin: url.origin, steps: stepsOf(url) };
}

/** A slash at the end says nothing. */
function stepsOf({ pathname }: URL): readonly string[] {
  return pathname.replace(/\/$/, '').split('/').slice(1);
}
