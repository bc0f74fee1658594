// The part of jstat that the statistics use; the package ships no types.
declare module 'jstat' {
  interface JStat {
    readonly beta: {
      /** Inverse of the beta distribution function. */
      inv(probability: number, alpha: number, beta: number): number;
    };
    readonly normal: {
      inv(probability: number, mean: number, deviation: number): number;
    };
    /** The regularised incomplete beta function I_x(a, b); false outside 0 <= x <= 1. */
    ibeta(x: number, a: number, b: number): number | false;
  }
  const jStat: JStat;
  export default jStat;
}
