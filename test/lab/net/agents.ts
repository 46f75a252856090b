import {buildProgram} from '../../../scripts/programs/program.ts';
import type {LabDir} from '../parts/places.ts';
import type {Command} from '../parts/process.ts';
import {KUBELET_PORT} from '../agents/egress-config.ts';
import {netPlaces} from './places.ts';
import type {NetNode} from './topology.ts';

/** The packaged agent in the network of a node, with the node's own `/run`, where the runtime's socket is. */
export async function commandOnNode(
  lab: LabDir,
  node: string,
  {args, env}: {args: readonly string[]; env: Record<string, string>},
): Promise<Command> {
  const {path} = await buildProgram({
    platform: 'linux/amd64',
    say: line => process.stderr.write(`${line}\n`),
  });
  const places = netPlaces(lab);
  // What follows the script are its arguments, never a part of it.
  const script = 'mount --bind "$0" /run && exec "$@"';
  const inside = ['unshare', '--mount', '--', 'sh', '-c', script, places.run(node), path, ...args];
  return {file: 'nsenter', args: [`--net=${places.namespace(node)}`, '--', ...inside], env};
}

/** The same program under Wine, or whatever else is to run there. */
export function inNetworkOf(lab: LabDir, node: string, {file, args, env}: Command): Command {
  const inside = [`--net=${netPlaces(lab).namespace(node)}`, '--', file, ...args];
  return {file: 'nsenter', args: inside, ...(env && {env})};
}

/** How kwok gets to a port on a node's loopback device: through the standard streams of this command. */
export function wayToNode(lab: LabDir, node: string, port: number): string[] {
  return wayTo(lab, node, ['127.0.0.1', String(port)]);
}

/** How the API server gets to a real kubelet, which listens on its node's address. */
export function wayToKubelet(lab: LabDir, {name, ip}: NetNode): string[] {
  return wayTo(lab, name, [ip, String(KUBELET_PORT)]);
}

function wayTo(lab: LabDir, network: string, target: readonly string[]): string[] {
  return ['nsenter', `--net=${netPlaces(lab).namespace(network)}`, '--', 'busybox', 'nc', ...target];
}
