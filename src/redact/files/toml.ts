import {redactToml as redactSettings} from '../../cri/config/redact.ts';
import type {Counts} from '../edit.ts';
import {applyEdits, count} from '../edit.ts';
import {findSecrets} from '../find.ts';

/** Redacts TOML by its settings, and then by shapes, which stay inside their strings. */
export function redactToml(text: string, counts: Counts): string {
  const settings = redactSettings(text);
  if (settings !== text) count(counts, 'setting', changedLines(text, settings));
  return applyEdits(settings, findSecrets(settings), counts);
}

function changedLines(before: string, after: string): number {
  const lines = before.split('\n');
  return after.split('\n').filter((line, n) => line !== lines[n]).length;
}
