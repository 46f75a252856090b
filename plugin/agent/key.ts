import {AGENT_KEY_ENTRY, AGENT_KEY_SECRET, AGENT_NAMESPACE} from '../../src/protocol/names.ts';
import {readKeys} from '../../src/protocol/key.ts';
import {fields, text} from '../../src/kube/shape.ts';
import type {ApiReader} from '../kube/api-reader.ts';
import {ApiStatusError} from '../kube/api-error.ts';
import {parseAnswer} from '../kube/list.ts';
import {AgentError} from './client/agent-error.ts';
import type {KeyOf} from './client/agent-client.ts';

/** Path of the Secret that holds the key. */
export const KEY_PATH = `/api/v1/namespaces/${AGENT_NAMESPACE}/secrets/${AGENT_KEY_SECRET}`;

const secretShape = fields<{data?: {key?: string}}>({data: fields<{key?: string}>({key: text})});

/** Reads the key once, when the first request is to be signed; all agents share it. It is never logged or shown. */
export function keyFrom(reader: ApiReader): KeyOf {
  let asked: Promise<Uint8Array> | undefined;
  return signal => (asked ??= readKey(reader, signal));
}

async function readKey(reader: ApiReader, signal: AbortSignal): Promise<Uint8Array> {
  const keys = await keysIn(reader, signal);
  const [key] = keys;
  if (!key)
    throw new AgentError(
      'failed',
      `Secret ${AGENT_KEY_SECRET} has no key of 32 bytes in \`${AGENT_KEY_ENTRY}\``,
    );
  return key;
}

/** Every key of the Secret, the one that signs first. Throws an `AgentError`. */
export async function keysIn(reader: ApiReader, signal: AbortSignal): Promise<Uint8Array[]> {
  try {
    const {text: body} = await reader.get(KEY_PATH, {signal});
    const data = secretShape(parseAnswer(body, KEY_PATH), '', undefined)?.data?.key ?? '';
    return readKeys(Buffer.from(data, 'base64').toString('utf8'));
  } catch (error) {
    if (!(error instanceof ApiStatusError)) throw error;
    if (error.status === 404) {
      throw new AgentError(
        'failed',
        `there is no Secret ${AGENT_KEY_SECRET} in namespace ${AGENT_NAMESPACE}`,
        error,
      );
    }
    const reason = error.status === 403 ? 'denied' : 'failed';
    throw new AgentError(reason, `the agents' key cannot be read: ${error.message}`, error);
  }
}
