import type {ExitCode} from '../../src/report/exit.ts';
import {EXIT} from '../../src/report/exit.ts';
import type {AgentError} from '../agent/client/agent-error.ts';
import {UserError} from '../errors.ts';

/** Agents are required, and there are none. */
export function noAgents(cluster: string, exitCode: ExitCode = EXIT.couldNotRun): UserError {
  return new UserError(`no agent is installed in ${cluster}`, {
    code: 'no-agent',
    fix: ['kubectl win agent install'],
    exitCode,
  });
}

/** Agents are required, and could not be asked. */
export function agentsNotAsked(error: AgentError): UserError {
  return new UserError(error.message, {
    code: 'agent',
    fix: ['ask for the Role kubectl-win-agent-use in namespace kubectl-win'],
    cause: error,
  });
}
