import {applyEdits} from '../../redact/edit.ts';
import {findSecrets} from '../../redact/find.ts';
import {MASK} from '../../redact/mask.ts';
import {REDACTED} from '../arguments.ts';

/** Names of settings whose values are secrets, in every spelling of configuration files. */
const SECRET_NAME =
  /pass(?:word|wd|phrase)?$|token$|secret|credential|api[_-]?key$|private[_-]?key$|(?:^|[_-])auth$|authorization|(?:client|etcd|access)[_-]?key(?:[_-]?data)?$|[_-]data$/i;
/** Tables that hold nothing but credentials: registries' `auth`, `auths` and `headers` (https://github.com/containerd/containerd/blob/main/docs/cri/registry.md). */
const SECRET_TABLE = /^(?:auths?|headers?)$/i;
/** Settings whose items are `NAME=value`. */
const ENVIRONMENT = /^env(?:ironment)?$/i;
/** A path or an URL without anything secret: where a key lies is no secret. */
const FILE = /^(?:[A-Za-z]:[\\/]|\/)[^\s"']{1,250}\.(?:pem|crt|cert|key|conf|kubeconfig|json|toml|yaml)$/;

/** Whether a setting's place says that its value is a secret. */
export function isSecretPlace(path: readonly string[]): boolean {
  return path.some(
    (name, index) => SECRET_TABLE.test(name) || (index === path.length - 1 && SECRET_NAME.test(name)),
  );
}

/** Blanks the value of a setting as far as its place and its shape say that it is a secret. */
export function redactValue(path: readonly string[], value: string): string {
  if (value === '') return value;
  if (isSecretPlace(path)) return FILE.test(value) ? value : REDACTED;
  const name = path.at(-1) ?? '';
  const equals = value.indexOf('=');
  if (ENVIRONMENT.test(name) && equals >= 0) return `${value.slice(0, equals)}=${REDACTED}`;
  return redactShapes(value);
}

/** Blanks what looks like a secret wherever it stands: users of URLs, authorization headers, tokens, keys, `password=…`. */
export function redactShapes(text: string): string {
  const edits = findSecrets(text).map(edit => ({...edit, by: edit.by.replaceAll(MASK, REDACTED)}));
  return applyEdits(text, edits, new Map());
}

/** Whether an argument says that the next one is a secret: `--password`. */
export function announcesSecret(argument: string): boolean {
  return /^--?[\w-]+$/.test(argument) && SECRET_NAME.test(argument.replaceAll('-', '_'));
}
