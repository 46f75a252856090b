import {fields, integer, text} from '../../../src/kube/shape.ts';
import type {AgentOs} from '../../../src/protocol/names.ts';
import {AGENT_DAEMON_SETS, AGENT_NAMESPACE} from '../../../src/protocol/names.ts';
import {ApiStatusError} from '../../kube/api-error.ts';
import type {ApiReader} from '../../kube/api-reader.ts';
import {parseAnswer} from '../../kube/list.ts';

/** How far a DaemonSet is. */
export interface Rollout {
  os: AgentOs;
  /** Nodes that are to have an agent. */
  wanted: number;
  /** Agents of the newest template that are ready. */
  ready: number;
  done: boolean;
}

interface Raw {
  metadata?: {generation?: number; uid?: string};
  status?: {
    observedGeneration?: number;
    desiredNumberScheduled?: number;
    updatedNumberScheduled?: number;
    numberReady?: number;
    numberMisscheduled?: number;
  };
}

const rawShape = fields<Raw>({
  metadata: fields({generation: integer, uid: text}),
  status: fields({
    observedGeneration: integer,
    desiredNumberScheduled: integer,
    updatedNumberScheduled: integer,
    numberReady: integer,
    numberMisscheduled: integer,
  }),
});

/** Reads how far the agents of one operating system are; `undefined` where they are not installed. */
export async function rolloutOf(
  reader: ApiReader,
  os: AgentOs,
  signal: AbortSignal,
): Promise<Rollout | undefined> {
  const path = `/apis/apps/v1/namespaces/${AGENT_NAMESPACE}/daemonsets/${AGENT_DAEMON_SETS[os]}`;
  try {
    const {text: body} = await reader.get(path, {signal});
    const {metadata, status = {}} = rawShape(parseAnswer(body, path), '', undefined) ?? {};
    const wanted = status.desiredNumberScheduled ?? 0;
    const ready = Math.min(status.updatedNumberScheduled ?? 0, status.numberReady ?? 0);
    const seen = (status.observedGeneration ?? 0) >= (metadata?.generation ?? 0);
    return {os, wanted, ready, done: seen && ready >= wanted && (status.numberMisscheduled ?? 0) === 0};
  } catch (error) {
    if (error instanceof ApiStatusError && error.status === 404) return undefined;
    throw error;
  }
}
