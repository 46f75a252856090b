/** `scripts/lab`: real control planes with Windows nodes to try the tool on. See README.md in this folder. */
import {parseArgs} from 'node:util';
import {buildLab} from './parts/build.ts';
import {LabError, wordsOf} from './parts/failure.ts';
import {down, labNames, up, type UpOptions} from './parts/lab.ts';
import {NET_SIZE} from './net/topology.ts';
import {LabDir} from './parts/places.ts';
import {statusOf} from './parts/status.ts';
import {LARGE} from './scene/large.ts';

const USAGE = `usage: scripts/lab build
       scripts/lab up [--name NAME] [--scene SCENE] [--linux-node] [--agents | --wine] [--flag PART=FLAG]...
       scripts/lab up --scene large [--nodes N] [--pods M]
       scripts/lab net [--name NAME] [--nodes N] [--wine]
       scripts/lab down [--name NAME | --all]
       scripts/lab status [--name NAME]`;

const {values, positionals} = parse();
const name = values.name ?? 'default';
const say = (line: string) => process.stderr.write(`${line}\n`);

// Whoever reads may stop early: `scripts/lab status | head -1`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  await run(positionals[0]);
} catch (error) {
  say(`lab: ${wordsOf(error)}`);
  if (!(error instanceof LabError)) say(error instanceof Error ? (error.stack ?? '') : '');
  process.exitCode = 1;
}

async function run(command: string | undefined): Promise<void> {
  switch (command) {
    case 'build':
      for (const path of (await buildLab(say)).values()) process.stdout.write(`${path}\n`);
      return;
    case 'net':
      await start({
        name,
        scene: 'net',
        net: {...NET_SIZE, nodes: countOf('nodes') ?? NET_SIZE.nodes},
        agents: true,
        wine: values.wine ?? false,
        say,
      });
      return;
    case 'up':
      await start({
        name,
        scene: values.scene ?? 'healthy',
        large: {nodes: countOf('nodes') ?? LARGE.nodes, pods: countOf('pods') ?? LARGE.pods},
        linuxNode: values['linux-node'] ?? false,
        agents: (values.agents ?? false) || (values.wine ?? false),
        wine: values.wine ?? false,
        flags: flagsOf(values.flag ?? []),
        say,
      });
      return;
    case 'down':
      for (const each of values.all ? labNames() : [name]) {
        say((await down(each)) ? `${each} is down` : `there is no lab "${each}"`);
      }
      return;
    case 'status': {
      const names = values.name === undefined ? labNames() : [values.name];
      if (names.length === 0) say('no lab runs');
      for (const each of names) process.stdout.write(await statusOf(each));
      return;
    }
    case undefined:
    default:
      say(USAGE);
      process.exitCode = 2;
  }
}

async function start(options: UpOptions): Promise<void> {
  const started = performance.now();
  await up(options);
  say(`up in ${((performance.now() - started) / 1000).toFixed(1)} s`);
  process.stdout.write(`export KUBECONFIG=${new LabDir(name).kubeconfig('admin')}\n`);
}

function countOf(option: 'nodes' | 'pods'): number | undefined {
  const text = values[option];
  if (text === undefined || /^[1-9]\d{0,5}$/.test(text)) return text === undefined ? undefined : Number(text);
  throw new LabError(`--${option} ${text}: write a whole number`);
}

/** `kube-apiserver=--max-requests-inflight=2` → part and flag. */
function flagsOf(given: readonly string[]): Map<string, string[]> {
  const flags = new Map<string, string[]>();
  for (const one of given) {
    const [, part, flag] = /^([a-z-]+)=(--.+)$/.exec(one) ?? [];
    if (part === undefined || flag === undefined) {
      throw new LabError(
        `--flag ${one}: write PART=--FLAG, such as kube-apiserver=--max-requests-inflight=2`,
      );
    }
    flags.set(part, [...(flags.get(part) ?? []), flag]);
  }
  return flags;
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        name: {type: 'string'},
        scene: {type: 'string'},
        all: {type: 'boolean'},
        'linux-node': {type: 'boolean'},
        agents: {type: 'boolean'},
        wine: {type: 'boolean'},
        flag: {type: 'string', multiple: true},
        nodes: {type: 'string'},
        pods: {type: 'string'},
      },
    });
  } catch (error) {
    process.stderr.write(`lab: ${wordsOf(error)}\n${USAGE}\n`);
    return process.exit(2);
  }
}
