import type {AgentOs} from '../../protocol/names.ts';
import type {Said, ToolAnswer, ToolCall} from './tool.ts';
import {TRY_SECONDS, bracketed, failureOf, isUnknownOption} from './tool.ts';

/** Exit codes of https://curl.se/docs/manpage.html#EXIT. */
const NO_SUCH_PROTOCOL = 1;
const NO_NAME = 6;
const TIMED_OUT = 28;

/** What is asked for: `telnet` connects and sends nothing. */
type Scheme = 'telnet' | 'http' | 'https';

/**
 * curl, which Windows images have since Windows Server 2019. It waits for the far side to close, so a connection that works
 * ends by its own time limit: what it measured tells that from one that does not.
 */
export function curl(os: AgentOs, scheme: Scheme, host: string, port: number): ToolCall {
  return {
    tool: 'curl',
    command: [...start(os), `${scheme}://${bracketed(host)}:${port}/`],
    read: said => (scheme === 'telnet' ? readConnect(said) : readHttp(said)),
  };
}

/** The system's own resolver, by a port that no Service of HTTP has: only the name counts. */
export function curlResolves(os: AgentOs, name: string): ToolCall {
  return {
    tool: 'curl',
    command: [...start(os), `telnet://${name}:53/`],
    read(said) {
      const times = timesOf(said);
      if (!times) return isUnable(said) ? undefined : failureOf(said.stderr);
      if (said.exitCode === NO_NAME) return {...failureOf(said.stderr), error: 'name-not-found'};
      return times.lookup > 0 ? {ok: true, ms: times.lookup} : failureOf(said.stderr);
    },
  };
}

function start(os: AgentOs): string[] {
  return [
    os === 'windows' ? 'curl.exe' : 'curl',
    // First of all: no file of the user's changes what it does.
    '-q',
    // Of a connection that is not made it says why only so.
    '-svS',
    '-k',
    '-g',
    '--noproxy',
    '*',
    '--connect-timeout',
    String(TRY_SECONDS),
    '--max-time',
    String(TRY_SECONDS),
    '-o',
    os === 'windows' ? 'NUL' : '/dev/null',
    '-w',
    '%{time_namelookup} %{time_connect} %{http_code}',
  ];
}

function readConnect(said: Said): ToolAnswer | undefined {
  if (isUnable(said)) return undefined;
  const times = timesOf(said);
  if (times && times.connect > 0) return {ok: true, ms: Math.max(0, times.connect - times.lookup)};
  return failureIn(said);
}

function readHttp(said: Said): ToolAnswer | undefined {
  if (isUnable(said)) return undefined;
  const times = timesOf(said);
  if (times && times.status > 0) return {ok: true, ms: Math.max(0, times.connect - times.lookup)};
  return failureIn(said);
}

function failureIn({exitCode, stderr}: Said): ToolAnswer {
  const failure = failureOf(stderr);
  return exitCode === TIMED_OUT ? {...failure, error: 'timed-out'} : failure;
}

function isUnable(said: Said): boolean {
  return said.exitCode === NO_SUCH_PROTOCOL || said.exitCode === 2 || isUnknownOption(said);
}

/** Milliseconds. */
function timesOf({stdout}: Said): {lookup: number; connect: number; status: number} | undefined {
  const match = /(\d+[.,]\d+) (\d+[.,]\d+) (\d{3})\s*$/.exec(stdout);
  if (!match) return undefined;
  const [, lookup = '', connect = '', status = ''] = match;
  return {lookup: msOf(lookup), connect: msOf(connect), status: Number(status)};
}

/** Some locales write a comma. */
function msOf(seconds: string): number {
  return Number(seconds.replace(',', '.')) * 1000;
}
