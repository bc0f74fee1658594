// Interruption: what is under way is stopped, nothing is written, and the process ends with 130.

/** Until the returned function is called, the first SIGINT stops and ends the process; a second one ends it at once. */
export function onInterrupt(stop: () => Promise<void>): () => void {
  let stopping = false;
  const end = (): never => process.exit(130);
  const listener = (): void => {
    if (stopping) end();
    stopping = true;
    process.stderr.write('\ninterrupted: the last report stays as it was\n');
    stop().then(end, end);
  };
  // Vitest would end the process before its workers have been stopped.
  process.removeAllListeners('SIGINT');
  process.on('SIGINT', listener);
  return () => void process.off('SIGINT', listener);
}
