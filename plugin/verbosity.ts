import {maskSecrets} from '../src/redact/quoted.ts';
import {visible} from '../src/report/visible.ts';

/** Levels of `-v`, as kubectl has them where it has them: each shows what those before it show, too. */
export const LEVEL = {
  /** What is being done, and what was taken from the file of settings. */
  steps: 1,
  /** A line for each request. */
  requests: 6,
  /** Headers of requests, credentials masked. */
  requestHeaders: 7,
  /** Headers of answers. Bodies are never shown: they hold what a cluster's owners may not want in a terminal's history. */
  answerHeaders: 8,
} as const;

/** Headers whose values are credentials, or may be. */
const SECRET_HEADERS =
  /authorization|cookie|token|secret|password|api-?key|kubectl-win-(?:signature|key)|www-authenticate/i;

let level = 0;

/** Sets how much is told on standard error, for the whole process. */
export function setVerbosity(wanted: number): void {
  level = wanted;
}

/** Whether so much is to be told. */
export function tells(wanted: number): boolean {
  return level >= wanted;
}

/** Says what is being done. */
export function step(text: string): void {
  if (tells(LEVEL.steps)) say(text);
}

/** One exchange with a server. */
export interface Exchange {
  method: string;
  /** With the query, without the server. */
  path: string;
  /** HTTP status; 0 where no answer came. */
  status: number;
  ms: number;
  /** Of the body as it came; undefined where it is still to come. */
  bytes?: number;
  sent: Readonly<Record<string, unknown>>;
  answered?: Readonly<Record<string, unknown>>;
}

/** Tells of a request, as much as is wanted. */
export function logExchange({method, path, status, ms, bytes, sent, answered = {}}: Exchange): void {
  if (!tells(LEVEL.requests)) return;
  const size = bytes === undefined ? 'a stream' : `${bytes} bytes`;
  say(`${method} ${path} ${status || 'no answer'} in ${Math.round(ms)} ms, ${status ? size : 'nothing'}`);
  if (tells(LEVEL.requestHeaders)) for (const line of headerLines(sent)) say(`  > ${line}`);
  if (tells(LEVEL.answerHeaders)) for (const line of headerLines(answered)) say(`  < ${line}`);
}

/** Headers as lines, what is secret in them masked: the scheme of a credential stays, as it tells which kind was used. */
export function headerLines(headers: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(headers).map(([name, value]) => {
    const text = Array.isArray(value) ? value.join(', ') : String(value);
    if (!SECRET_HEADERS.test(name)) return `${name}: ${text}`;
    const scheme = /^(Basic|Bearer|Negotiate) /i.exec(text)?.[1];
    return `${name}: ${scheme ? `${scheme} ` : ''}<hidden>`;
  });
}

function say(text: string): void {
  process.stderr.write(`${visible(maskSecrets(text))}\n`);
}
