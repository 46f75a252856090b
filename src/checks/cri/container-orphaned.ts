import {MINUTE, millis} from '../../snapshot/time.ts';
import {defineCheck, fail, pass} from '../define.ts';
import {eachNode} from '../each-node.ts';

/** Lists of sandboxes and of containers are not of one moment. */
const PATIENCE = 10 * MINUTE;
/** Owner of the compute systems that containerd's shim makes (https://github.com/microsoft/hcsshim). */
const SHIM = /^containerd-shim-runhcs/i;
/** Virtual machines of Hyper-V isolation are named after their sandbox. */
const MACHINE = /@vm$/;

export default defineCheck({
  id: 'CRI006',
  name: 'container-orphaned',
  severity: 'warning',
  since: '0.1.0',
  title: 'Containers are left over that belong to no pod',
  evidence: ['N'],
  needs: ['nodes', 'node.cri.sandboxes', 'node.cri.containers', 'node.hcs'],
  perNode: true,
  docs: {
    what: 'Containers older than 10 minutes whose sandbox containerd does not have, and compute systems of HCS that containerd’s shim made and containerd no longer knows. HostProcess containers are no compute systems. The second is only suspected at first sight, as both lists are not of one moment.',
    why: 'They hold memory, layers and files, which keeps volumes and images from being removed.',
    fix: [
      'List them on the node: `crictl ps -a`, `hcsdiag list`.',
      'Remove a container: `crictl rm -f ID`. End a compute system: `hcsdiag kill ID`.',
      'Where that fails, drain and reboot the node.',
    ],
    links: ['https://github.com/microsoft/hcsshim/issues', 'https://github.com/containerd/containerd/issues'],
  },
  *run(input) {
    const keys = ['node.cri.sandboxes', 'node.cri.containers', 'node.hcs'] as const;
    yield* eachNode(input, keys, function* ({node, facts, at}) {
      const {name} = node.metadata;
      const sandboxes = new Set(facts['node.cri.sandboxes'].map(s => s.id));
      const containers = facts['node.cri.containers'];
      const known = new Set([...sandboxes, ...containers.map(c => c.id)]);
      const lost = containers.filter(
        c => !sandboxes.has(c.podSandboxId) && input.now - (millis(c.createdAt) ?? input.now) > PATIENCE,
      );
      const systems = facts['node.hcs'].filter(
        s => SHIM.test(s.Owner ?? '') && !known.has(s.Id.replace(MACHINE, '')),
      );
      for (const container of lost) {
        yield fail(node, {
          cause: 'container without sandbox',
          key: container.id,
          message: `${name} has container \`${container.name}\` (${container.id.slice(0, 12)}) without a sandbox`,
          evidence: [at('cri/containers.json', `${container.pointer}/id`, container.id)],
        });
      }
      for (const system of systems) {
        yield fail(node, {
          cause: 'unknown compute system',
          key: system.Id,
          message: `${name} runs compute system ${system.Id.slice(0, 12)}, which containerd does not know`,
          evidence: [at('hcs/systems.json', `/${system.index}/Id`, system.Id)],
          state: 'suspected',
        });
      }
      if (lost.length === 0 && systems.length === 0) yield pass(node);
    });
  },
});
