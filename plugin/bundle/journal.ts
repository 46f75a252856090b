import {isRecord} from '../../src/kube/shape.ts';
import type {ManifestGap} from '../../src/capture/manifest.ts';

/** A file of a unit, as the manifest will list it, with what was taken out of it. */
export interface KeptFile {
  path: string;
  bytes: number;
  sha256: string;
  source: string;
  tookMs: number;
  redactions: readonly (readonly [rule: string, times: number])[];
}

/** Something that was read to its end and need not be read again: the files of a node, or one log. */
export interface Unit {
  kind: 'node' | 'log';
  /** Name of the node, or path of the log. */
  name: string;
  /** When it was read, milliseconds since 1970. */
  at: number;
  files: readonly KeptFile[];
  /** What of it was left out on purpose. */
  gap?: ManifestGap;
}

/** A line of a journal. */
export function journalLine(unit: Unit): string {
  return `${JSON.stringify(unit)}\n`;
}

/** Reads a journal, as far as it goes: whoever wrote it may have been killed in the middle of a line. */
export function readJournal(text: string): Unit[] {
  return text.split('\n').flatMap(line => {
    try {
      const unit: unknown = JSON.parse(line);
      return isUnit(unit) ? [unit] : [];
    } catch {
      return [];
    }
  });
}

function isUnit(value: unknown): value is Unit {
  return (
    isRecord(value) &&
    (value['kind'] === 'node' || value['kind'] === 'log') &&
    typeof value['name'] === 'string' &&
    typeof value['at'] === 'number' &&
    Array.isArray(value['files']) &&
    value['files'].every(
      file =>
        isRecord(file) &&
        isInside(file['path']) &&
        typeof file['sha256'] === 'string' &&
        Array.isArray(file['redactions']),
    )
  );
}

/** Whether a path stays in the folder of the bundle: a journal may be a stranger's. */
function isInside(path: unknown): boolean {
  return (
    typeof path === 'string' && path !== '' && !path.startsWith('/') && !path.split(/[/\\]/).includes('..')
  );
}
