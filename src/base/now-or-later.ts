// Now or later: work that is synchronous when its parts are, and a promise when one of them is.

export type NowOrLater<T> = T | Promise<T>;

/** Goes on with a value as soon as it is there: at once when it is no promise. */
export function andThen<A, B>(value: NowOrLater<A>, go: (value: A) => NowOrLater<B>): NowOrLater<B> {
  return value instanceof Promise ? value.then(go) : go(value);
}
