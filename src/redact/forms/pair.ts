import {isSecretSetting} from '../judge.ts';
import {MASK} from '../mask.ts';
import type {Form} from './look.ts';
import {until} from './look.ts';

/** How far before `"value"` its name may stand. */
const REACH = 200;
const NAME_BEFORE =
  /\\{0,7}"(?:name|key)\\{0,7}"\s{0,20}:\s{0,20}\\{0,7}"([\w.-]{1,100})\\{0,7}"\s{0,3}(?:,|\\n)?\s{0,40}\\{0,7}"$/i;
const VALUE = /(\\{0,7}")\s{0,20}:\s{0,20}(\\{0,7}")/y;
const VALUE_ENDS = /["\r\n]/g;

/** `"name":"DB_PASSWORD","value":"x"`, as it stands in logs, escaped or not. */
export const pairValue: Form = ({text, at, end, from}) => {
  if (text[at - 1] !== '"') return undefined;
  VALUE.lastIndex = end;
  const opening = VALUE.exec(text);
  if (!opening) return undefined;
  const name = NAME_BEFORE.exec(text.slice(Math.max(from, at - REACH), at))?.[1];
  if (name === undefined) return undefined;
  const start = end + opening[0].length;
  let last = until(text, start, VALUE_ENDS);
  while (last > start && text[last - 1] === '\\') last--;
  const value = text.slice(start, last);
  return isSecretSetting(name, value) ? {start, end: last, by: MASK, rule: 'named-value'} : undefined;
};
