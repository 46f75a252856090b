import type {Said, ToolAnswer, ToolCall} from './tool.ts';
import {TRY_SECONDS, bracketed, failureOf, isUnknownOption} from './tool.ts';

/** It says so where something answers, though not as it was meant. */
const ANSWERED =
  /HTTP\/\d(?:\.\d)? \d{3}|ERROR \d{3}|error getting response|server returned error|bad header|No data received|no certificate|certificate/i;
/** Exit code of a program that died of a signal. */
const KILLED = 128;

/** wget of GNU or busybox. It can only ask for a page; where that is no web server, what it says still tells that something is there. */
export function wget(scheme: 'http' | 'https', host: string, port: number): ToolCall {
  return {
    tool: 'wget',
    command: [
      'wget',
      '--spider',
      '-T',
      String(TRY_SECONDS),
      ...(scheme === 'https' ? ['--no-check-certificate'] : []),
      `${scheme}://${bracketed(host)}:${port}/`,
    ],
    read: readWget,
  };
}

function readWget(said: Said): ToolAnswer | undefined {
  const {exitCode, stderr, stdout} = said;
  const text = stderr + stdout;
  if (isUnknownOption(said) || (exitCode ?? 0) > KILLED) return undefined;
  if (exitCode === 0 || ANSWERED.test(text)) return {ok: true};
  return failureOf(text.split('\n').find(line => REASON.test(line)) ?? text);
}

/** GNU's says much more than why. */
const REASON = /refused|timed out|unreachable|no route|unable to resolve|bad address/i;
