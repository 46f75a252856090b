import type {Said, ToolAnswer, ToolCall} from './tool.ts';
import {dnsFailureOf, isUnknownOption} from './tool.ts';

/** Asks one server for a name: nslookup of BIND, of busybox or of Windows. The dot at the end keeps suffixes off. */
export function nslookup(os: 'windows' | 'linux', query: string, server: string): ToolCall {
  return {
    tool: 'nslookup',
    command: [os === 'windows' ? 'nslookup.exe' : 'nslookup', absolute(query), server],
    read: readNslookup,
  };
}

/** The resolver of the C library, with the pod's own servers and suffixes. */
export function getent(name: string): ToolCall {
  return {
    tool: 'getent',
    command: ['getent', 'hosts', name],
    read({exitCode, stdout}) {
      if (exitCode === 0 && stdout.trim() !== '') return {ok: true};
      // It tells "not found" from nothing: https://man7.org/linux/man-pages/man1/getent.1.html.
      return exitCode === 2 ? {ok: false, error: 'name-not-found'} : undefined;
    },
  };
}

/** The answer comes below the server's own name and address. */
function readNslookup(said: Said): ToolAnswer | undefined {
  if (isUnknownOption(said) || (said.exitCode ?? 0) > 128) return undefined;
  const lines = said.stdout.split(/\r?\n/);
  const name = lines.findIndex(line => /^Name:/i.test(line));
  const answer = lines
    .slice(name + 1)
    .some(line => /^(?:Address(?:es)?(?: \d+)?:|\s+)\s*[\da-f.:]+/i.test(line));
  return name !== -1 && answer ? {ok: true} : dnsFailureOf(`${said.stdout}\n${said.stderr}`);
}

function absolute(name: string): string {
  return name.endsWith('.') ? name : `${name}.`;
}
