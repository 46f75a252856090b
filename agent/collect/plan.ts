import {COLLECTORS} from '../../src/protocol/collectors.ts';
import type {CollectorSpec} from '../../src/protocol/collectors.ts';
import type {AgentOs} from '../../src/protocol/names.ts';
import type {Collector} from './collector.ts';

/** A collector that is to run. */
export interface Planned {
  readonly spec: CollectorSpec;
  readonly collector: Collector;
}

/** What a request comes to: collectors to run, in the table's order, and names that cannot be had. */
export interface Plan {
  readonly run: readonly Planned[];
  readonly missing: ReadonlyArray<{readonly name: string; readonly detail: string}>;
}

/** Works out what runs for a list of names; without one, every collector of this operating system. */
export function plan(os: AgentOs, collectors: readonly Collector[], names?: readonly string[]): Plan {
  const specs: readonly CollectorSpec[] = COLLECTORS;
  const asked = new Set(names ?? specs.filter(spec => spec.os.includes(os)).map(({name}) => name));
  const run: Planned[] = [];
  const missing: {name: string; detail: string}[] = [];
  for (const spec of specs) {
    if (!asked.delete(spec.name)) continue;
    const collector = collectors.find(({name}) => name === spec.name);
    if (!spec.os.includes(os))
      missing.push({
        name: spec.name,
        detail: `${spec.name} is collected on ${spec.os.join(', ')} nodes only`,
      });
    else if (collector) run.push({spec, collector});
    else missing.push({name: spec.name, detail: `this version of the agent has no collector ${spec.name}`});
  }
  for (const name of asked)
    missing.push({name, detail: `this version of the agent knows no collector ${name}`});
  return {run, missing};
}
