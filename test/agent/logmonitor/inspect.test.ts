import test from 'ava';
import {CollectError} from '../../../agent/collect/collector.ts';
import {inspect} from '../../../agent/logmonitor/inspect.ts';
import type {AskedContainer} from '../../../agent/logmonitor/inspect.ts';
import type {Folder, NodeView} from '../../../agent/logmonitor/node-view.ts';

const DEVICE = String.raw`\Device\VhdHardDisk{0b3c}`;
const CONTAINER: AskedContainer = {
  namespace: 'shop',
  pod: 'web-0',
  container: 'iis',
  pid: 4,
  entrypoint: true,
};

/** A folder that holds files by their paths, in lower case; it counts what is open. */
function folderOf(files: Record<string, string>, open: {count: number}, at = ''): Folder {
  open.count++;
  return {
    folder: name => folderOf(files, open, `${at}${name.toLowerCase()}/`),
    read(name) {
      const text = files[`${at}${name.toLowerCase()}`];
      if (text === undefined) throw new CollectError('failed', 'there is no such file');
      return Buffer.from(text);
    },
    close: () => void open.count--,
  };
}

/** A node whose process 4 is LogMonitor in a container. */
function nodeWith(
  files: Record<string, string>,
  args: readonly string[] | null,
  open = {count: 0},
): NodeView {
  return {
    processes: () => [{pid: 4, image: 'LogMonitor.EXE'}],
    programOf: pid => (pid === 4 ? `${DEVICE}\\LogMonitor\\LogMonitor.exe` : null),
    argumentsOf: () => args,
    systemDevice: () => String.raw`\Device\HarddiskVolume3`,
    openVolume: () => folderOf(files, open),
  };
}

function denied(): never {
  throw new CollectError('denied', 'access is denied');
}

const stateIn = (view: NodeView) => [...inspect([CONTAINER], view)][0]?.[1];

for (const [given, path] of [
  [undefined, String.raw`C:\LogMonitor\LogMonitorConfig.json`],
  ['lm.json', String.raw`C:\LogMonitor\lm.json`],
  [String.raw`C:\etc\lm.json`, String.raw`C:\etc\lm.json`],
  ['c:/etc/lm.json', 'c:/etc/lm.json'],
] as const) {
  test(`${given === undefined ? 'without /Config' : `with /Config ${given}`} it is ${path}`, t => {
    const files = {
      'logmonitor/logmonitorconfig.json': 'text',
      'logmonitor/lm.json': 'text',
      'etc/lm.json': 'text',
    };
    const args = ['LogMonitor.exe', ...(given === undefined ? [] : ['/CONFIG', given]), 'app.exe'];
    const open = {count: 0};
    const state = stateIn(nodeWith(files, args, open));
    t.deepEqual(state?.config, {path, text: 'text'});
    t.is(open.count, 0);
  });
}

for (const path of [
  String.raw`C:\LogMonitor\..\..\secret.json`,
  String.raw`C:\LogMonitor\.\x`,
  String.raw`D:\lm.json`,
  String.raw`\\server\share\lm.json`,
  String.raw`\\?\C:\lm.json`,
  String.raw`\Device\HarddiskVolume3\x`,
  String.raw`C:\LogMonitor\lm.json:stream`,
  String.raw`C:\LogMonitor\*`,
  String.raw`..\lm.json`,
  'C:lm.json',
  'C:\\lm\u0000.json',
  `C:${'\\a'.repeat(33)}`,
]) {
  test(`a configuration at ${JSON.stringify(path.slice(0, 40))} is not even tried`, t => {
    const state = stateIn(nodeWith({}, ['LogMonitor.exe', '/Config', path]));
    t.is(state?.configError, `/Config names ${JSON.stringify(path)}, which is no plain path on drive C`);
  });
}

test('where Windows does not tell the command line, the usual place is looked at', t => {
  const view = nodeWith({'logmonitor/logmonitorconfig.json': 'text'}, null);
  t.is(stateIn({...view, argumentsOf: denied})?.config?.text, 'text');
});

test('UTF-16 configurations are read', t => {
  const text = Buffer.from('\uFEFF{"é":1}', 'utf16le');
  const view = nodeWith({}, null);
  const folder: Folder = {folder: () => folder, read: () => text, close: () => {}};
  t.is(stateIn({...view, openVolume: () => folder})?.config?.text, '{"é":1}');
});

test('a volume that cannot be opened is named', t => {
  const view = nodeWith({}, null);
  t.like(stateIn({...view, openVolume: denied}), {
    config: null,
    configError: 'access is denied',
    program: null,
  });
});

test('a process of the virtual machine of another container never lends its configuration', t => {
  const asked = [CONTAINER, {...CONTAINER, container: 'in-vm'}];
  for (const [, state] of inspect(asked, nodeWith({'logmonitor/logmonitorconfig.json': 'text'}, null)))
    t.is(state.config, null);
});
