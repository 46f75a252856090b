import {AGENT_FLAGS, agentConfig} from './config/agent-config.ts';
import {readFlags} from './config/flags.ts';
import {keepMemorySmall} from './config/memory.ts';
import {FrameChannel} from './connect/channel.ts';
import {HARD_LIMIT_MS, runSession} from './connect/session.ts';
import {standardStreams} from './connect/standard-streams.ts';
import {serverDeps} from './deps.ts';
import {auditToStderr} from './server/audit.ts';
import {createAgentServer} from './server/server.ts';

/** Serves one client on standard input and output, in frames, then ends. It listens on nothing. */
export async function connect(args: readonly string[]): Promise<void> {
  keepMemorySmall();
  const deps = serverDeps(agentConfig(readFlags(args, AGENT_FLAGS), process.env));
  const {input, output} = standardStreams();
  const why = await runSession(createAgentServer(deps), new FrameChannel(input, output), HARD_LIMIT_MS);
  auditToStderr({event: 'ended', why});
  leave();
}

/**
 * Ends the process at once. On Windows a read of standard input is pending, which an orderly exit would wait for: the process
 * would outlive its client.
 */
function leave(): never {
  if (process.platform === 'win32') process.kill(process.pid, 'SIGKILL');
  process.exit();
}
