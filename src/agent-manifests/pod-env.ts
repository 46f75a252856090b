import {AGENT_ENV} from '../protocol/environment.ts';
import type {AgentSettings} from './settings.ts';

/** Environment of the agent on every operating system. */
export function commonEnv({
  clusterTargets,
  targets,
}: Pick<AgentSettings, 'clusterTargets' | 'targets'>): object[] {
  return [
    {name: AGENT_ENV.node, valueFrom: {fieldRef: {fieldPath: 'spec.nodeName'}}},
    {name: AGENT_ENV.targets, value: [...clusterTargets, ...targets].join(',')},
  ];
}
