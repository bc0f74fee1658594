// Stray errors: what would end the process while somebody else's code runs is handed over, and the process lives.

type Listener = (...details: unknown[]) => void;

const kinds = ['uncaughtException', 'unhandledRejection'] as const;

/** Until the returned function is called, stray errors go to `onError` alone. */
export function catchStrayErrors(onError: (error: unknown) => void): () => void {
  const listener = (error: unknown): void => onError(error);
  const held = kinds.map((kind) => ({ kind, listeners: process.listeners(kind as 'exit') as Listener[] }));
  for (const { kind } of held) {
    process.removeAllListeners(kind);
    process.on(kind as 'unhandledRejection', listener);
  }
  return () => {
    for (const { kind, listeners } of held) {
      process.removeListener(kind, listener);
      for (const one of listeners) process.on(kind as 'unhandledRejection', one);
    }
  };
}
