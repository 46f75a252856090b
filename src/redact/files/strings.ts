import type {Counts} from '../edit.ts';
import {applyEdits, count} from '../edit.ts';
import {findSecrets} from '../find.ts';
import {isSecretSetting} from '../judge.ts';
import {MASK} from '../mask.ts';
import {announcesSecret, nameKind} from '../names.ts';
import {isPlaceholder} from '../values.ts';
import type {Context, Place} from './context.ts';
import {redactJson} from './json.ts';
import {LAST_APPLIED, PAIR_VALUE} from './keys.ts';
import {redactXml} from './xml.ts';
import {redactYaml} from './yaml.ts';

/** Levels of texts inside texts that are looked into: JSON in an annotation in JSON in a log is three. */
const MAX_LEVELS = 5;

const SETTING = /^(?:export )?(?:\$env:)?([A-Za-z_][\w.:-]{0,99})=/;

/** What files of a structure use to redact their texts, which may be files themselves. */
export function contextOf(counts: Counts, level = 0): Context {
  return {
    counts,
    placed: (value, place) => byPlace(value, place, counts) ?? value,
    text: (value, place) => byPlace(value, place, counts) ?? byContent(value, counts, level),
  };
}

function byPlace(value: string, place: Place, counts: Counts): string | undefined {
  if (place.path.at(-1) === LAST_APPLIED && !isPlaceholder(value)) return mask(counts, 'last-applied');
  if (isSecretPlace(place) && !startsNested(value) && secretByPlace(value, place))
    return mask(counts, 'setting');
  if (place.previous !== undefined && announcesSecret(place.previous) && !/^[-/]/.test(value)) {
    if (!isPlaceholder(value)) return mask(counts, 'flag');
  }
  return undefined;
}

function byContent(value: string, counts: Counts, level: number): string {
  const setting = SETTING.exec(value);
  if (setting && !/[\r\n;]|\s[\w.-]+=/.test(value)) {
    if (isSecretSetting(setting[1] ?? '', value.slice(setting[0].length)))
      return setting[0] + mask(counts, 'setting');
  }
  return redactText(value, counts, level);
}

/** Redacts a text whose kind only it itself tells: JSON, XML, YAML, or anything. */
export function redactText(value: string, counts: Counts, level = 0): string {
  if (level < MAX_LEVELS) {
    const inner = contextOf(counts, level + 1);
    if (startsNested(value)) return redactJson(value, inner);
    if (/^\s{0,20}<[?!A-Za-z]/.test(value)) return redactXml(value, inner);
    if (isYaml(value)) return redactYaml(value, inner);
  }
  return applyEdits(value, findSecrets(value), counts);
}

/** Most names say nothing, which is known without a look at the value. */
function isSecretPlace({path, label}: Place): boolean {
  return nameKind(path.at(-1) ?? '') !== undefined || (label !== undefined && nameKind(label) !== undefined);
}

function secretByPlace(value: string, {path, label}: Place): boolean {
  const own = path.at(-1) ?? '';
  if (isSecretSetting(own, value)) return true;
  return label !== undefined && PAIR_VALUE.test(own) && isSecretSetting(label, value);
}

function mask(counts: Counts, rule: string): string {
  count(counts, rule);
  return MASK;
}

/** Whether a text is an object or a list in JSON; `[ERROR] …` is none. */
function startsNested(value: string): boolean {
  return /^\s{0,20}(?:\{\s{0,20}["}]|\[\s{0,20}[[{"\d\]])/.test(value);
}

/** Whether lines of a text are settings as YAML writes them. */
function isYaml(value: string): boolean {
  return (
    value.includes('\n') &&
    /^(?:---\s*\n|#[^\n]*\n|\s*\n){0,40}(?:- )?["']?[\w./-]{1,100}["']?:(?:[ \t]|\r?\n|$)/.test(value)
  );
}
