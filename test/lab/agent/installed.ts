import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';
import type {Run} from '../../helpers/cli.ts';
import {win} from '../../helpers/cli.ts';
import type {TestLab} from '../lab.ts';

/** Runs a command of the plugin against the lab, as `admin` unless flags say otherwise. */
export function onLab(lab: TestLab, ...args: string[]): Promise<Run> {
  return win(args, '', {KUBECONFIG: lab.kubeconfigs.admin});
}

/** Installs on Windows and Linux nodes and waits. */
export async function install(t: ExecutionContext, lab: TestLab, ...args: string[]): Promise<void> {
  const run = await onLab(lab, 'agent', 'install', '--yes', '--linux', '--timeout', '120s', ...args);
  t.is(run.code, 0, run.stderr);
}

/** kwok knows no readiness probes: its pods are ready before their processes listen. */
export async function allWell(t: ExecutionContext, lab: TestLab): Promise<void> {
  await eventually(t, 'an agent is not well', async () => (await onLab(lab, 'agent', 'status')).code === 0);
}

/** Takes everything out again. */
export async function uninstall(t: ExecutionContext, lab: TestLab): Promise<void> {
  const run = await onLab(lab, 'agent', 'uninstall', '--yes', '--timeout', '60s');
  t.is(run.code, 0, run.stderr);
}

/** Waits until something holds; fails with `what` where it does not within half a minute. */
export async function eventually(
  t: ExecutionContext,
  what: string,
  holds: () => Promise<boolean>,
): Promise<void> {
  for (let tries = 0; tries < 120; tries++) {
    if (await holds()) return;
    await new Promise(resolve => setTimeout(resolve, 250));
  }
  t.fail(what);
}

/** Name of the agent's pod on a node. */
export async function podOn(lab: TestLab, node: string): Promise<string> {
  const choice = ['get', 'pods', '-n', 'kubectl-win', '--field-selector', `spec.nodeName=${node}`];
  const name = await lab.kubectl([...choice, '-o', 'jsonpath={.items[0].metadata.name}']);
  if (name === '') throw new Error(`no agent is on ${node}`);
  return name;
}

/** Process of the agent on a node. */
export async function processOn(lab: TestLab, node: string): Promise<number> {
  const file = join(lab.root, `pod-${await podOn(lab, node)}.pid`);
  // Written by the lab's `startPart`.
  return (JSON.parse(readFileSync(file, 'utf8')) as {pid: number}).pid;
}
