import {isWindowsHandler} from '../../data/handlers.ts';
import {osOfNode} from '../../kube/os.ts';
import type {Node, RuntimeClass} from '../../kube/types.ts';
import {defineCheck, fail, pass, ref, skip} from '../define.ts';

export default defineCheck({
  id: 'SCH007',
  name: 'runtimeclass-unscheduled',
  severity: 'warning',
  since: '0.1.0',
  title: 'A RuntimeClass for Windows does not select Windows nodes',
  evidence: ['A', 'M'],
  needs: ['runtimeClasses'],
  wants: ['nodes'],
  docs: {
    what:
      'RuntimeClasses whose handler is one of Windows (`runhcs-wcow-…`, a handler that only Windows nodes offer, or a ' +
      'class named for Windows) and that have no `scheduling.nodeSelector`.',
    why:
      'A pod that names the class says nothing else about where it goes, so it may land on Linux, where no such handler ' +
      'exists: "no runtime for … is configured".',
    fix: [
      "Let the class carry the terms, as its `scheduling` is merged into every pod that names it: `scheduling: {nodeSelector: {kubernetes.io/os: windows, node.kubernetes.io/windows-build: '10.0.20348'}, tolerations: [{key: os, operator: Equal, value: windows, effect: NoSchedule}]}`.",
      'Or select the OS in every pod template that names the class.',
    ],
    links: ['https://kubernetes.io/docs/concepts/containers/runtime-class/#scheduling'],
  },
  *run({runtimeClasses, wants}) {
    const handlers = windowsOnlyHandlers(wants.nodes.ok ? wants.nodes.value : []);
    for (const runtimeClass of runtimeClasses) {
      const {handler = '', scheduling} = runtimeClass;
      if (!isForWindows(runtimeClass, handlers)) yield skip('not for Windows');
      else if (Object.keys(scheduling?.nodeSelector ?? {}).length > 0) yield pass(runtimeClass);
      else {
        yield fail(runtimeClass, {
          cause: 'no-node-selector',
          message: `RuntimeClass ${runtimeClass.metadata.name} has handler ${handler} and no \`scheduling.nodeSelector\``,
          evidence: [ref(runtimeClass, '/handler', handler), ref(runtimeClass, '/scheduling', scheduling)],
        });
      }
    }
  },
});

function isForWindows({metadata, handler = ''}: RuntimeClass, handlers: Set<string>): boolean {
  return (
    isWindowsHandler(handler) || handlers.has(handler) || metadata.name.toLowerCase().includes('windows')
  );
}

function windowsOnlyHandlers(nodes: Node[]): Set<string> {
  const offered = (os: string): string[] =>
    nodes.filter(n => osOfNode(n) === os).flatMap(n => (n.status.runtimeHandlers ?? []).map(h => h.name));
  const linux = new Set(offered('linux'));
  return new Set(offered('windows').filter(name => name !== '' && !linux.has(name)));
}
