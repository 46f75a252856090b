/**
 * What a shell may do with an answer, as cobra numbers it: kubectl reads the same from `kubectl_complete-win`
 * (https://kubernetes.io/docs/tasks/extend-kubectl/kubectl-plugins/, `ShellCompDirective` of spf13/cobra).
 */
export const DIRECTIVE = {
  /** The shell completes names of files. */
  files: 0,
  /** No space after a word that was completed: more follows. */
  noSpace: 2,
  noFiles: 4,
} as const;

/** A word that fits, and what it means. */
export interface Candidate {
  value: string;
  description?: string;
}

/** An answer: words that fit, and what the shell is to do beside. */
export interface Completion {
  candidates: readonly Candidate[];
  /** Sum of `DIRECTIVE`s. */
  directive: number;
}

/** Nothing fits, and no file would. */
export const NOTHING: Completion = {candidates: [], directive: DIRECTIVE.noFiles};

/** Files fit. */
export const FILES: Completion = {candidates: [], directive: DIRECTIVE.files};

/** Shells cut long ones anyway. */
const MAX_DESCRIPTION = 80;

/** Prints an answer: a line a word, a tab before what it means, and `:DIRECTIVE` as the last line. */
export function printed({candidates, directive}: Completion): string {
  const lines = candidates.map(({value, description}) =>
    description ? `${value}\t${oneLine(description)}` : value,
  );
  return [...lines, `:${directive}`, ''].join('\n');
}

function oneLine(text: string): string {
  const flat = text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  return flat.length > MAX_DESCRIPTION ? `${flat.slice(0, MAX_DESCRIPTION - 1)}…` : flat;
}
