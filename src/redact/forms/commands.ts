import {MASK} from '../mask.ts';
import {isPlaceholder} from '../values.ts';
import type {Edit} from '../edit.ts';
import type {Look} from './look.ts';

/** Commands whose arguments are secrets without a name that says so; the last group is the secret. */
const COMMANDS: Readonly<Record<string, RegExp>> = {
  'net user ': /net user [^\s"'/]{1,64} (?!\/)([^\s"'`]{1,128})/iy,
  'net use ': /net use (?:[^\s"'`]{1,260} ){1,2}(?!\/)([^\s"'`/\\*][^\s"'`]{0,128})(?= \/user)/iy,
  'curl ': /curl (?:[^\s"'`]{1,500} ){0,12}?(?:-u|--user)[ =]["']?[^\s:"'`]{1,128}:([^\s"'`]{1,256})/iy,
  'sshpass ': /sshpass -p ?["']?([^\s"'`]{1,256})/iy,
  ' login ': / login (?:[^\s"'`]{1,300} ){0,8}?(?:-p|--password)[ =]["']?([^\s"'`]{1,4096})/iy,
  'sqlcmd ': /sqlcmd (?:[^\s"'`]{1,300} ){0,12}?-P ?["']?([^\s"'`]{1,256})/iy,
  'convertto-securestring ': /convertto-securestring (?:-string )?["']([^"'\r\n]{1,256})/iy,
  'identified by ': /identified by ["']([^"'\r\n]{1,256})/iy,
};

/** Beginnings of commands, in small letters. */
export const COMMAND_MARKS = Object.keys(COMMANDS);

/** The secret among a command's arguments. */
export function commandSecret({text, low, at, end, from}: Look): Edit | undefined {
  const command = COMMANDS[low.slice(at, end)];
  if (!command) return undefined;
  command.lastIndex = at;
  const found = command.exec(text);
  const secret = found?.[1];
  if (!found || secret === undefined || isPlaceholder(secret)) return undefined;
  const start = at + found[0].length - secret.length;
  return start < from ? undefined : {start, end: start + secret.length, by: MASK, rule: 'command'};
}
