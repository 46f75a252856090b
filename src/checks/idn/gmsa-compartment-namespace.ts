import {fileRefs, nodesToJudge} from '../each-node.ts';
import {defineCheck, fail, pass, skip, unknown} from '../define.ts';
import {onNode} from '../../node/on-node.ts';
import type {RegistryValues} from '../../node/registry.ts';
import {collected} from '../../snapshot/evidence.ts';
import {GMSA_GUIDE, gmsaUses} from './shared/gmsa-users.ts';

const KEY = String.raw`HKLM\SYSTEM\CurrentControlSet\Services\hns\State`;
const VALUE = 'EnableCompartmentNamespace';
const ADD = `reg add "${KEY}" /v ${VALUE} /t REG_DWORD /d 1`;

export default defineCheck({
  id: 'IDN008',
  name: 'gmsa-compartment-namespace',
  severity: 'warning',
  since: '0.1.0',
  title: 'Containers with a domain identity cannot open SMB shares by name',
  evidence: ['N'],
  needs: ['workloads', 'nodes', 'node.registry'],
  perNode: true,
  docs: {
    what: `Looks at the registry value \`${VALUE}\` of HNS on every Windows node where a pod with a gMSA runs. It fails where the value is not 1.`,
    why: 'Pods there reach an SMB share by its address and not by its name, so Kerberos, which needs the name, cannot be used for it.',
    fix: [`On the node: \`${ADD}\`.`, 'Make the pods anew: the value counts when a pod gets its network.'],
    links: [GMSA_GUIDE],
  },
  *run(input) {
    const placed = new Set(
      gmsaUses(input.workloads).flatMap(({workload}) => workload.pods.flatMap(p => p.nodeName ?? [])),
    );
    for (const node of nodesToJudge(input)) {
      const {name} = node.metadata;
      if (!placed.has(name)) {
        yield skip(`no pod on ${name} has a gMSA`);
        continue;
      }
      const registry = onNode(collected(input['node.registry']), name);
      const seen = registry.ok ? valueIn(registry.value) : undefined;
      const gap = registry.ok ? registry.partial : registry;
      if (seen === 1) yield pass(node);
      else if (seen === undefined && gap) yield unknown(node, 'node.registry', gap);
      else {
        yield fail(node, {
          cause: VALUE,
          message: `${VALUE} of HNS on ${name} is ${seen === undefined ? 'not set' : JSON.stringify(seen)}, and pods with a gMSA run there`,
          evidence: [fileRefs(node)('registry/hns.json', `/${KEY}/${VALUE}`, seen)],
        });
      }
    }
  },
});

function valueIn(registry: RegistryValues): unknown {
  return registry.get(KEY.toLowerCase())?.get(VALUE.toLowerCase())?.data;
}
