import test from 'ava';
import {CHECKS} from '../../../src/checks/index.ts';
import {commands} from '../../../plugin/commands.ts';
import {complete} from '../../../plugin/completion/complete.ts';
import type {LiveNames} from '../../../plugin/completion/live.ts';
import {DIRECTIVE, printed} from '../../../plugin/completion/protocol.ts';
import {specsOf} from '../../../plugin/completion/spec.ts';
import {ARGUMENT_VALUES, FLAG_VALUES} from '../../../plugin/completion/values.ts';

const specs = specsOf(commands);

const CLUSTER: LiveNames = {
  contexts: () => ['lab', 'production'],
  clusters: () => ['east'],
  users: () => ['admin'],
  names: async kind =>
    ({nodes: ['linux-1', 'win-1', 'win-2'], pods: ['web-0']} as Record<string, string[]>)[kind] ?? [
      `a-${kind}`,
    ],
  namespacedNames: async kind => [`shop/a-${kind}`],
  clusterIps: async () => ['10.96.0.1', '10.96.0.10'],
  containers: async pod => [`container-of-${pod}`],
};

/** What fits after a line, the last word of which is being typed. */
async function after(line: string): Promise<{values: string[]; directive: number}> {
  const {candidates, directive} = await complete(line.split(' '), {
    commands: specs,
    checks: CHECKS,
    live: () => CLUSTER,
  });
  return {values: candidates.map(c => c.value), directive};
}

const {noFiles, noSpace, files} = DIRECTIVE;

/** Facts as lines and what fits after them. */
const FITS: Record<string, [string, string[], number?]> = {
  'commands that begin alike': ['ag', ['agent']],
  'commands of a topic': ['agent un', ['uninstall']],
  'a command that is a topic, too': [
    'completion ',
    ['install', 'uninstall', 'bash', 'zsh', 'fish', 'powershell'],
  ],
  'flags by their beginning': ['doctor --fail', ['--fail-on']],
  'the options of a flag': ['doctor --fail-on ', ['error', 'warning', 'info', 'never']],
  'the options of a flag after =': ['doctor --fail-on=w', ['warning']],
  'areas and checks': ['doctor --check SCH00', CHECKS.filter(c => c.id.startsWith('SCH00')).map(c => c.id)],
  'checks behind a comma': [
    'doctor --check SCH003,NOD01',
    CHECKS.filter(c => c.id.startsWith('NOD01')).map(c => `SCH003,${c.id}`),
  ],
  'nodes of the cluster': ['doctor --node win', ['win-1', 'win-2']],
  'nodes behind a comma, none twice': ['doctor --node win-1,win', ['win-1,win-2']],
  'namespaces by the short flag': ['doctor -n ', ['a-namespaces']],
  'contexts of the kubeconfig': ['doctor --context p', ['production']],
  'what explain knows': ['explain NOD00', CHECKS.filter(c => c.id.startsWith('NOD00')).map(c => c.id)],
  'pods for logs': ['logs web', ['web-0']],
  'nodes for logs': ['logs node/w', ['node/win-1', 'node/win-2']],
  'types for logs, which go on': ['logs deploy', ['deployment/'], noFiles + noSpace],
  'containers of the pod that was named': ['logs web-0 -c ', ['container-of-web-0']],
  'VIPs of Services': ['hns graph --vip 10.96.0.1', ['10.96.0.1', '10.96.0.10']],
  'levels of a log': ['logs --level W', ['Warning']],
  'formats of a log': ['logs -o tem', ['template='], noFiles + noSpace],
  'files where a flag takes one': ['doctor --from ', [], files],
  'files for lint, again and again': ['lint a.yaml b', [], files],
  'nothing after a command that does not exist': ['dcotor --no', []],
  'nothing where a second argument has no place': ['explain NOD001 ', []],
  'nothing for a token': ['doctor --token ', []],
};

for (const [fact, [line, values, directive = noFiles]] of Object.entries(FITS)) {
  test(`completes ${fact}`, async t => {
    const found = await after(line);
    if (values.length > 0 && fact === 'short flags')
      t.true(
        values.every(v => found.values.includes(v)),
        found.values.join(' '),
      );
    else t.deepEqual(found.values, values);
    t.is(found.directive, directive);
  });
}

test('a flag that stands once is not offered again, one that repeats is', async t => {
  const {values} = await after('doctor --node win-1 --agent never --');
  t.false(values.includes('--agent'));
  t.true(values.includes('--node'));
});

test('short flags come first where one dash was typed', async t => {
  const {values} = await after('explain -');
  t.deepEqual(values.slice(0, 3), ['-v', '-o', '--color']);
});

test('after -- everything is an argument', async t => {
  t.deepEqual((await after('explain -- NOD001')).values, ['NOD001']);
});

test('an answer is what cobra prints, and no text can break its lines', t => {
  const text = printed({
    candidates: [{value: 'a', description: 'two\nlines\tand \u001b[31mcolour'}, {value: 'b'}],
    directive: 4,
  });
  t.is(text, 'a\ttwo lines and [31mcolour\nb\n:4\n');
});

/** What nobody can list. A flag that takes a value is here, has options, or is completed. */
const FREE = new Set(
  (
    'allow-target as as-group as-uid bind-exec-group bind-exec-user bind-group bind-user channel cron delegate encrypt event-id exclude file highlight image ' +
    'image-pull-secret include kubernetes-version limit-bytes logmonitor-layout max-log-bytes max-log-requests max-size max-unavailable node-selector now output port provider push-gateway request-timeout ' +
    'selector server since-time source tail target threads timeout timezone tls-server-name token toleration ttl until verbose'
  ).split(' '),
);

test('every flag that takes a value is completed, or it is known that nobody can list its values', t => {
  const open = specs.flatMap(({words, flags}) =>
    flags
      .filter(f => f.takesValue && f.options.length === 0)
      .filter(
        f =>
          !(f.name in FLAG_VALUES) && !(`${words.join(' ')} ${f.name}` in FLAG_VALUES) && !FREE.has(f.name),
      )
      .map(f => `${words.join(' ')} --${f.name}`),
  );
  t.deepEqual(open, []);
});

test('every argument is completed', t => {
  const open = specs
    .filter(
      ({words, args}) => args.some(a => a.options.length === 0) && !(words.join(' ') in ARGUMENT_VALUES),
    )
    .map(s => s.words.join(' '));
  t.deepEqual(open, []);
});
