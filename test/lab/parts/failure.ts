/** A failure that the person at the keyboard can act on: `main.ts` prints its one line and exits 1. */
export class LabError extends Error {
  override name = 'LabError';
}

/** The words of anything thrown, on one line. */
export function wordsOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replaceAll(/\s*\n\s*/g, ' ').trim();
}
