import {readErrorAnswer} from '../../../src/protocol/answers.ts';
import {AgentError} from './agent-error.ts';

/** What of an answer that is none of ours is shown. */
const MAX_SHOWN = 200;

/** Says in words that an agent refused a request. */
export function refusalOf(status: number, body: string): AgentError {
  const said = readErrorAnswer(parse(body));
  const words = said?.detail ?? body.slice(0, MAX_SHOWN).replaceAll(/\s+/g, ' ').trim();
  const detail = `the agent answered ${status}${words === '' ? '' : `: ${words}`}`;
  return new AgentError(status === 401 || status === 403 ? 'denied' : 'failed', detail);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
