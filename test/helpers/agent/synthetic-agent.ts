/**
 * An agent in a process of its own: `serve` or `connect`, with the node's real server and transports but collectors that are
 * told by their names what to do. Its first argument is a JSON `SyntheticOptions`.
 */
import {keepMemorySmall} from '../../../agent/config/memory.ts';
import {FrameChannel} from '../../../agent/connect/channel.ts';
import {runSession} from '../../../agent/connect/session.ts';
import {standardStreams} from '../../../agent/connect/standard-streams.ts';
import {auditToStderr} from '../../../agent/server/audit.ts';
import {listenOnLoopback} from '../../../agent/server/listen.ts';
import {createAgentServer} from '../../../agent/server/server.ts';
import {big, endless, withChild} from './collectors.ts';
import {agentDeps} from './in-process.ts';

export interface SyntheticOptions {
  mode: 'serve' | 'connect';
  /** Base64. */
  key: string;
  heartbeatMs?: number;
  silenceMs?: number;
  hardLimitMs?: number;
}

keepMemorySmall();
const options = JSON.parse(process.argv[2] ?? '{}') as SyntheticOptions;
const deps = agentDeps(Buffer.from(options.key, 'base64'), {
  audit: auditToStderr,
  collectors: [
    big(1_000_000),
    endless(() => auditToStderr({event: 'aborted'})),
    withChild(pid => auditToStderr({event: 'child', pid})),
  ],
});
const server = createAgentServer(deps);

if (options.mode === 'serve') {
  auditToStderr({event: 'started', port: await listenOnLoopback(server, 0)});
} else {
  const {input, output} = standardStreams();
  const channel = new FrameChannel(input, output, {
    heartbeatMs: options.heartbeatMs ?? 5000,
    silenceMs: options.silenceMs ?? 15_000,
  });
  const why = await runSession(server, channel, options.hardLimitMs ?? 600_000);
  auditToStderr({event: 'ended', why});
  process.exit();
}
