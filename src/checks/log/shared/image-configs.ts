import {startsLogMonitor} from '../../../cri/arguments.ts';
import type {ImageConfig} from '../../../manifests/image-config.ts';
import type {ObjectRef} from '../../define.ts';
import {ref} from '../../define.ts';

/** A command line as Windows takes it apart, near enough to find names in it. */
const WORD = /"[^"]*"|[^\s"]+/g;

/** A word of what an image starts, and where it stands. */
export interface StartWord {
  text: string;
  at: ObjectRef;
}

/** The words that an image starts, its arguments included. In shell form, which Docker keeps as one text, they are taken apart. */
export function startWords({holder, pointer, entrypoint, cmd}: ImageConfig): StartWord[] {
  const wordsOf = (key: 'Entrypoint' | 'Cmd', list: readonly string[]): StartWord[] =>
    list.flatMap((value, index) => {
      const at = ref(holder, `${pointer}/${key}/${index}`, value);
      return (value.match(WORD) ?? []).map(word => ({text: word.replaceAll('"', ''), at}));
    });
  return [...wordsOf('Entrypoint', entrypoint), ...wordsOf('Cmd', cmd)];
}

/** Whether an image starts LogMonitor, in exec form or in shell form. */
export function imageStartsLogMonitor({entrypoint, cmd}: ImageConfig): boolean {
  return startsLogMonitor([...entrypoint, ...cmd]);
}

/** Where it says what it starts. */
export function startRef({holder, pointer, entrypoint, cmd}: ImageConfig): ObjectRef {
  return entrypoint.length > 0
    ? ref(holder, `${pointer}/Entrypoint`, entrypoint)
    : ref(holder, `${pointer}/Cmd`, cmd);
}
