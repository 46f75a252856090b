import {redactToml as redactSettings} from '../../cri/config/redact.ts';
import type {Counts} from '../edit.ts';
import {applyEdits, count} from '../edit.ts';
import {findSecrets} from '../find.ts';

/** Redacts TOML by its settings, and then keys of many lines, which may stand in comments. */
export function redactToml(text: string, counts: Counts): string {
  const settings = redactSettings(text);
  if (settings !== text) count(counts, 'setting', changedLines(text, settings));
  // All else was looked at string by string: in the text as a whole an escaped quote would end what it does not end.
  const keys = findSecrets(settings, 0).filter(({rule}) => rule === 'private-key');
  return applyEdits(settings, keys, counts);
}

function changedLines(before: string, after: string): number {
  const lines = before.split('\n');
  return after.split('\n').filter((line, n) => line !== lines[n]).length;
}
