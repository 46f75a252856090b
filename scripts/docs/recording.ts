/** A command that somebody types, and what it printed. */
export interface Shown {
  command: string;
  output: string;
}

/** Columns and rows of the terminal that is played. */
const SIZE = {width: 100, height: 36};
/** Seconds: between two keys, before Enter, until the answer is there, and to read a line of it. */
const PACE = {key: 0.05, enter: 0.4, answer: 0.3, line: 0.12};
/** Nobody waits longer for the next command. */
const MOST_READING = 8;

/**
 * What was typed and printed as a recording for asciinema (https://docs.asciinema.org/manual/asciicast/v2/). Keys and reading have a pace of
 * their own, so that the same output gives the same recording.
 */
export function asciicast(shown: readonly Shown[], title: string): string {
  const events: [number, 'o', string][] = [];
  let at = 0;
  const put = (seconds: number, text: string): void => {
    at = Math.round((at + seconds) * 1000) / 1000;
    events.push([at, 'o', text]);
  };
  for (const {command, output} of shown) {
    put(PACE.answer, '\x1b[1m$\x1b[0m ');
    for (const key of command) put(PACE.key, key);
    put(PACE.enter, '\r\n');
    put(PACE.answer, output.replaceAll(/\r?\n/g, '\r\n'));
    at += Math.min(MOST_READING, output.split('\n').length * PACE.line);
  }
  const head = {version: 2, ...SIZE, title, env: {TERM: 'xterm-256color'}};
  return [head, ...events].map(line => `${JSON.stringify(line)}\n`).join('');
}
