/** What a part of the benchmarks found out. */
export interface BenchReport {
  text: string
  /** It keeps to its limits. */
  isGood: boolean
}
