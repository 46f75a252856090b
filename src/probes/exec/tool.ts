import type {ProbeError} from '../../protocol/probes/lines.ts';

/** What a program said. */
export interface Said {
  /** Absent where nobody told. */
  readonly exitCode?: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What it comes to. */
export interface ToolAnswer {
  readonly ok: boolean;
  readonly error?: ProbeError;
  readonly detail?: string;
  /** Milliseconds, where the program tells them. */
  readonly ms?: number;
}

/** One program of an image that may try a probe. */
export interface ToolCall {
  /** Its name, for people. */
  readonly tool: string;
  readonly command: readonly string[];
  /** What its output means; undefined where this program cannot do it: it is too old, or built without it. */
  readonly read: (said: Said) => ToolAnswer | undefined;
}

/** Seconds that one try may take: as long as an agent gives it. */
export const TRY_SECONDS = 4;

/** What a failure is called by whoever tells it, in the order of how much it says. */
const WORDS: readonly (readonly [RegExp, ProbeError])[] = [
  [/refused/i, 'refused'],
  [/unreachable|no route to host/i, 'unreachable'],
  [/reset by|was reset|connectionreset|forcibly closed/i, 'reset'],
  [
    /nxdomain|non-existent|name error|not known|can't resolve|could ?n.t resolve|could not resolve|unable to resolve|bad address|host ?not ?found|no such host|no ?data/i,
    'name-not-found',
  ],
  [/servfail|server fail(?:ed|ure)/i, 'server-failure'],
  [/timed? ?-?out/i, 'timed-out'],
];

/** A failure, by its words. */
export function failureOf(text: string): ToolAnswer {
  const found = WORDS.find(([words]) => words.test(text));
  const last = text.trim().split('\n').at(-1)?.trim();
  return {ok: false, error: found?.[1] ?? 'failed', ...(last && {detail: last.slice(0, MAX_DETAIL)})};
}

const MAX_DETAIL = 200;

/** The same of a DNS server: one that does not answer is silent. */
export function dnsFailureOf(text: string): ToolAnswer {
  const failure = failureOf(text);
  const isSilent =
    failure.error === 'timed-out' || failure.error === 'unreachable' || failure.error === 'refused';
  return isSilent ? {...failure, error: 'no-answer'} : failure;
}

/** Whether a program says that it knows no such option. */
export function isUnknownOption({stderr, stdout}: Said): boolean {
  return /invalid option|unrecognized option|unknown option|illegal option|^usage:|not supported or disabled|unsupported protocol/im.test(
    stderr + stdout,
  );
}

/** `[fd00::1]`, or what has no colon. */
export function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
