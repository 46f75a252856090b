import type {AgentOs} from '../protocol/names.ts';
import {AGENT_PROGRAM} from '../protocol/names.ts';

/** Marks everything that `agent install` created: `agent uninstall` removes by it and by nothing else. */
export const OWNED_LABEL = 'app.kubernetes.io/managed-by';
export const OWNED_VALUE = 'kubectl-win';
/** As a label selector. */
export const OWNED = `${OWNED_LABEL}=${OWNED_VALUE}`;
/** Version of the agent, on its DaemonSets and pods. */
export const VERSION_LABEL = 'app.kubernetes.io/version';
/** Operating system of an agent's pod. */
export const OS_LABEL = 'kubectl-win/os';
/** Name of the field manager of server-side apply. */
export const FIELD_MANAGER = 'kubectl-win';

/** Labels of every object (https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/). */
export function commonLabels(): Record<string, string> {
  return {'app.kubernetes.io/name': AGENT_PROGRAM, [OWNED_LABEL]: OWNED_VALUE};
}

/** What a DaemonSet's selector holds: it can never be changed, so the version is not in it. */
export function selectorLabels(os: AgentOs): Record<string, string> {
  return {'app.kubernetes.io/name': AGENT_PROGRAM, [OS_LABEL]: os};
}

/** A label's value holds no more than letters, digits, dots, dashes and underscores, 63 of them. */
export function labelValue(text: string): string {
  return text
    .replaceAll(/[^A-Za-z0-9._-]/g, '_')
    .slice(0, 63)
    .replaceAll(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '');
}
