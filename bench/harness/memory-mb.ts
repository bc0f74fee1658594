// What this process holds once its garbage is collected.

const mebibyte = 1024 * 1024;

/** MiB of live heap and of resident memory, after a full collection; needs `--expose-gc`. */
export function memoryMb(): { readonly heapMb: number; readonly rssMb: number } {
  if (globalThis.gc === undefined) throw new Error('memory is measured under --expose-gc');
  globalThis.gc();
  const { heapUsed, rss } = process.memoryUsage();
  return { heapMb: round(heapUsed / mebibyte), rssMb: round(rss / mebibyte) };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
