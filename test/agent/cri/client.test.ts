import {spawnSync} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {join} from 'node:path';
import test from 'ava';
import type {ExecutionContext} from 'ava';
import {CollectError} from '../../../agent/collect/collector.ts';
import {CALLS} from '../../../agent/cri/calls.ts';
import {connectRuntime} from '../../../agent/cri/client.ts';
import type {ClientOptions} from '../../../agent/cri/client.ts';
import {findEndpoint} from '../../../agent/cri/endpoint.ts';
import {tempDir} from '../../helpers/archives.ts';
import {serveRuntime} from '../../helpers/runtime-server.ts';
import type {RuntimeAnswers} from '../../helpers/runtime-server.ts';

const never = new AbortController().signal;

/** Serves answers and asks the version; what is thrown is the answer. */
async function version(t: ExecutionContext, answers: RuntimeAnswers, options: Partial<ClientOptions> = {}) {
  const path = join(tempDir(t), 's');
  const server = await serveRuntime(path, answers);
  t.teardown(() => server.stop());
  return askVersion(path, options);
}

async function askVersion(path: string, options: Partial<ClientOptions> = {}) {
  const client = await connectRuntime(path, {signal: never, callMs: 30_000, ...options});
  try {
    return await client.ask(CALLS.version());
  } finally {
    client.close();
  }
}

/** The error that a collector's question ends with. */
async function failure(t: ExecutionContext, asked: Promise<unknown>): Promise<CollectError> {
  const error = await t.throwsAsync(asked);
  t.true(error instanceof CollectError, String(error));
  return error as CollectError; // Asserted in the line before.
}

test('an answer is protobuf in its JSON form: numbers of 64 bits whole, absent messages left out', async t => {
  const path = join(tempDir(t), 's');
  const server = await serveRuntime(path, {
    ImageFsInfo: () => ({
      imageFilesystems: [{timestamp: '9223372036854775807', usedBytes: {value: '18446744073709551615'}}],
    }),
    Status: () => ({}),
  });
  const client = await connectRuntime(path, {signal: never});
  t.deepEqual(await client.ask(CALLS.imageFsInfo()), {
    imageFilesystems: [{timestamp: '9223372036854775807', usedBytes: {value: '18446744073709551615'}}],
    containerFilesystems: [],
  });
  t.deepEqual(await client.ask(CALLS.status()), {info: {}, runtimeHandlers: []});
  client.close();
  server.stop();
});

test('a runtime that never answers costs one deadline', async t => {
  const error = await failure(t, version(t, {Version: () => 'hang'}, {callMs: 100}));
  t.is(error.reason, 'timeout');
  t.regex(error.message, /runtime\.v1\.RuntimeService\/Version at .* was not answered in time/);
});

test('a call ends when nobody waits for it any more, and none begins after that', async t => {
  const gone = new AbortController();
  const asked = version(t, {Version: () => (gone.abort(), 'hang')}, {signal: gone.signal});
  t.is((await failure(t, asked)).reason, 'timeout');
  t.is((await failure(t, version(t, {}, {signal: gone.signal}))).reason, 'timeout');
});

test('a runtime without the call, one that refuses, and one that fails are told apart', async t => {
  t.is((await failure(t, version(t, {Status: () => ({})}))).reason, 'unsupported');
  const refused = version(t, {Version: () => ({code: 7, details: 'not for you'})});
  t.is((await failure(t, refused)).reason, 'denied');
  const broken = await failure(t, version(t, {Version: () => ({code: 13, details: 'disk\n  full'})}));
  t.is(broken.reason, 'failed');
  t.regex(broken.message, /: disk full$/);
});

test('an answer beyond 16 MiB is not taken into memory', async t => {
  const error = await failure(t, version(t, {Version: () => ({version: 'x'.repeat(17 * 1024 * 1024)})}));
  t.is(error.reason, 'failed');
  t.regex(error.message, /too large/);
});

test('a runtime that cuts the connection in the middle of an answer has failed', async t => {
  const path = join(tempDir(t), 's');
  const server = createServer(socket => {
    socket.on('error', () => {});
    // The client's preface has come; half a frame goes back.
    socket.once('data', () => socket.end(Buffer.from([0, 0, 200, 0, 0])));
  });
  server.listen(path);
  await once(server, 'listening');
  t.is((await failure(t, askVersion(path, {callMs: 5000}))).reason, 'failed');
  server.close();
});

test('what is wrong with a socket is told in words', async t => {
  const folder = tempDir(t);
  const at = (name: string) => join(folder, name);
  t.is((await failure(t, askVersion(at('a')))).message, `${at('a')} is not there: the runtime does not run`);
  writeFileSync(at('b'), '');
  t.regex((await failure(t, askVersion(at('b')))).message, /left over|no socket/);
  leaveSocket(at('c'));
  t.is(
    (await failure(t, askVersion(at('c')))).message,
    `${at('c')} is left over from a runtime that ended: nothing listens`,
  );
});

test('of several runtimes the first that listens is asked, not what another left behind', async t => {
  const folder = tempDir(t);
  const [dead, live] = [join(folder, 'dead'), join(folder, 'live')];
  leaveSocket(dead);
  const server = await serveRuntime(live, {});
  t.is(await findEndpoint([join(folder, 'absent'), dead, live], never), live);
  server.stop();
  t.is(await findEndpoint([join(folder, 'absent'), dead], never), dead);
  const error = await failure(t, findEndpoint([join(folder, 'a'), join(folder, 'b')], never));
  t.regex(error.message, /no container runtime listens: none of .*\/a, .*\/b is there/);
});

/** Leaves a socket behind as a program does that was killed. */
function leaveSocket(path: string): void {
  const program = `require('net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))`;
  spawnSync(process.execPath, ['-e', program, path]);
  if (!existsSync(path)) throw new Error(`no socket at ${path}`);
}
