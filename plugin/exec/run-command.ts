import type {WebSocket} from 'ws';
import type {Said} from '../../src/probes/exec/tool.ts';
import type {WebSockets} from '../kube/web-socket.ts';
import {CHANNEL_PROTOCOLS} from '../kube/web-socket.ts';

/** A container of somebody's pod. */
export interface PodContainer {
  readonly namespace: string;
  readonly pod: string;
  readonly container?: string | undefined;
}

/** What came of a command. */
export type CommandEnd =
  | ({readonly ended: true} & Said)
  /** It did not start: the image has no such program, or the runtime says something else. */
  | {readonly ended: false; readonly isAbsent: boolean; readonly detail: string};

const STDOUT = 1;
const STDERR = 2;
const STATUS = 3;
/** More than a program of ours says; what comes beyond is not kept. */
const MOST_CHARS = 64 * 1024;

/**
 * Runs a command in a container through the API server, without a terminal and without input. Throws `ApiStatusError` where the server says no,
 * `ConnectionError` where it cannot be reached, and what the signal carries; the program then goes on until its own time limit.
 */
export async function runCommand(
  sockets: WebSockets,
  {namespace, pod, container}: PodContainer,
  command: readonly string[],
  signal: AbortSignal,
): Promise<CommandEnd> {
  const query = new URLSearchParams({
    stdout: 'true',
    stderr: 'true',
    ...(container !== undefined && {container}),
  });
  for (const word of command) query.append('command', word);
  const path = `/api/v1/namespaces/${namespace}/pods/${pod}/exec?${query.toString()}`;
  const socket = await sockets.open(path, CHANNEL_PROTOCOLS.exec, signal);
  try {
    return await said(socket, signal);
  } finally {
    socket.close();
  }
}

function said(socket: WebSocket, signal: AbortSignal): Promise<CommandEnd> {
  const {promise, resolve, reject} = Promise.withResolvers<CommandEnd>();
  const texts = {[STDOUT]: '', [STDERR]: ''};
  socket.on('message', (data: Buffer) => {
    const channel = data[0];
    const text = data.subarray(1).toString('utf8');
    if (channel === STDOUT || channel === STDERR)
      texts[channel] = (texts[channel] + text).slice(0, MOST_CHARS);
    if (channel === STATUS) resolve(endOf(text, texts[STDOUT], texts[STDERR]));
  });
  socket.on('close', () =>
    resolve({ended: false, isAbsent: false, detail: 'the stream ended before the program did'}),
  );
  const abort = (): void => {
    reject(signal.reason);
    socket.terminate();
  };
  signal.addEventListener('abort', abort, {once: true});
  if (signal.aborted) abort();
  socket.resume();
  return promise.finally(() => signal.removeEventListener('abort', abort));
}

/** What the last message of an exec says (https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apimachinery/pkg/util/remotecommand/constants.go). */
function endOf(text: string, stdout: string, stderr: string): CommandEnd {
  const status = statusOf(text);
  if (status?.status === 'Success') return {ended: true, exitCode: 0, stdout, stderr};
  const message = status?.message ?? 'the API server did not say how it ended';
  const code = status?.details?.causes?.find(c => c.reason === 'ExitCode')?.message;
  const exitCode = code === undefined || !/^\d+$/.test(code) ? undefined : Number(code);
  if (exitCode === undefined) return {ended: false, isAbsent: ABSENT.test(message), detail: message};
  // CRI-O and dockershim's heirs tell by an exit code what containerd tells by an error.
  if ((exitCode === 126 || exitCode === 127) && ABSENT.test(`${message} ${stderr} ${stdout}`))
    return {ended: false, isAbsent: true, detail: message};
  return {ended: true, exitCode, stdout, stderr};
}

/** runc, crun and hcsshim on a program that is not there. */
const ABSENT =
  /executable file .*not found|no such file or directory|cannot find the (?:file|path)|0x80070002|0x80070003/i;

interface Ending {
  status?: unknown;
  message?: string;
  details?: {causes?: {reason?: string; message?: string}[]};
}

function statusOf(text: string): Ending | undefined {
  try {
    // A `Status` by the protocol.
    return JSON.parse(text) as Ending;
  } catch {
    return undefined;
  }
}
