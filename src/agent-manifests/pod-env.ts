import {AGENT_ENV} from '../protocol/environment.ts';

/** Environment of the agent on every operating system. */
export function commonEnv(targets: readonly string[]): object[] {
  return [
    {name: AGENT_ENV.node, valueFrom: {fieldRef: {fieldPath: 'spec.nodeName'}}},
    {name: AGENT_ENV.targets, value: targets.join(',')},
  ];
}
