/** A container of a pod. */
export interface LogTarget {
  namespace: string;
  pod: string;
  container: string;
}
