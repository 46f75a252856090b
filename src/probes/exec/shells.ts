import type {Said, ToolAnswer, ToolCall} from './tool.ts';
import {TRY_SECONDS, failureOf, isUnknownOption} from './tool.ts';

/** Address and port come as its arguments, and are never part of the text. */
const CONNECT = 'exec 3<>"/dev/tcp/$1/$2"';
/** Of `timeout`, and of a program that it ended (https://www.gnu.org/software/coreutils/timeout; busybox gives the signal). */
const LATE: ReadonlySet<number | undefined> = new Set([124, 143]);

/** bash connects by itself (https://www.gnu.org/software/bash/manual/bash.html#Redirections), and would wait for two minutes. */
export function bash(host: string, port: number): ToolCall {
  return {
    tool: 'bash',
    command: ['timeout', String(TRY_SECONDS), 'bash', '-c', CONNECT, 'bash', host, String(port)],
    read(said) {
      if (/^timeout:.*(?:failed to run|can't execute)|can't execute 'bash'/m.test(said.stderr))
        return undefined;
      if (said.exitCode === 0) return {ok: true};
      if (LATE.has(said.exitCode)) return {ok: false, error: 'timed-out'};
      return isLacking(said) ? undefined : failureOf(firstOf(said));
    },
  };
}

/** netcat as OpenBSD and Nmap have it: connects and closes. */
export function ncZero(host: string, port: number): ToolCall {
  return {
    tool: 'nc',
    command: ['nc', '-z', '-w', String(TRY_SECONDS), host, String(port)],
    read: readNc,
  };
}

/** The one of busybox has no `-z`, and waits for the far side unless it runs something once connected. */
export function ncRuns(host: string, port: number): ToolCall {
  return {
    tool: 'nc',
    command: ['nc', '-w', String(TRY_SECONDS), host, String(port), '-e', '/bin/true'],
    read: readNc,
  };
}

function readNc(said: Said): ToolAnswer | undefined {
  if (isUnknownOption(said) || isLacking(said)) return undefined;
  if (said.exitCode === 0) return {ok: true};
  // OpenBSD's says nothing where the time is over.
  return said.stderr.trim() === '' ? {ok: false, error: 'timed-out'} : failureOf(said.stderr);
}

/** 126 and 127 are a shell's: what it was to run is not there (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_08_02). */
function isLacking({exitCode = 0, stderr}: Said): boolean {
  return exitCode > 128 || (exitCode >= 126 && /not found|no such file|can't execute/i.test(stderr));
}

/** The first line says why, the second one where. */
function firstOf({stderr}: Said): string {
  return stderr.trim().split('\n')[0] ?? '';
}
