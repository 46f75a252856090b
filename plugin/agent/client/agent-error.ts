import {ApiStatusError, ConnectionError} from '../../kube/api-error.ts';
import type {MissingReason} from '../../../src/snapshot/evidence.ts';

/** Something between the plugin and one agent went wrong: why nothing or not all came, in words. */
export class AgentError extends Error {
  override readonly name = 'AgentError';
  readonly reason: MissingReason;

  constructor(reason: MissingReason, detail: string, cause?: unknown) {
    super(detail, {cause});
    this.reason = reason;
  }
}

/** Turns whatever a transport or a stream threw into words about an agent. */
export function agentErrorOf(error: unknown): AgentError {
  if (error instanceof AgentError) return error;
  if (error instanceof ApiStatusError) {
    const reason = error.status === 403 ? 'denied' : 'failed';
    return new AgentError(reason, error.message.replace(/^GET \S+ /, ''), error);
  }
  if (error instanceof ConnectionError) {
    return new AgentError(error.fault === 'timeout' ? 'timeout' : 'failed', error.message, error);
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNABORTED') {
    return new AgentError('failed', 'the connection to the agent was cut', error);
  }
  if (code.startsWith('HPE_'))
    return new AgentError('failed', 'what answered is no agent: it speaks no HTTP', error);
  return new AgentError('failed', error instanceof Error ? error.message : String(error), error);
}
