import {parse as parseToml} from 'smol-toml';
import {parse as parseYaml} from 'yaml';

/** Puts a line of text into a file of one kind, as such a file holds it. */
export interface FileKind {
  readonly path: string;
  readonly wrap: (line: string) => string;
  /** The texts of the file again, as who reads it sees them. Throws where it is not of its kind any more. */
  readonly read: (text: string) => string;
}

const STAMP = '2026-11-29T12:00:00.123456789Z stdout';

const deep = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(deep)
      : [];

const xml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const unxml = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

/** Every kind of file that a bundle holds. */
export const FILE_KINDS: Readonly<Record<string, FileKind>> = {
  log: {path: 'logs/app/app.log', wrap: line => `first\n${line}\nlast\n`, read: text => text},
  'container log': {
    path: 'cluster-resources/pods/logs/shop/web/c.log',
    wrap: line => `${STAMP} F first\n${STAMP} F ${line}\n`,
    read: text => text,
  },
  'cut container log': {
    path: 'cluster-resources/pods/logs/shop/web/c.log',
    wrap: line => {
      const half = Math.ceil(line.length / 2);
      return `${STAMP} P ${line.slice(0, half)}\n${STAMP} F ${line.slice(half)}\n`;
    },
    read: text =>
      text
        .split('\n')
        .map(line => line.slice(STAMP.length + 3))
        .join(''),
  },
  'message of an event': {
    path: 'cluster-resources/events/shop.json',
    wrap: line =>
      JSON.stringify(
        {kind: 'EventList', items: [{kind: 'Event', reason: 'Failed', message: line, count: 3}]},
        null,
        2,
      ),
    read: text => deep(JSON.parse(text)).join('\n'),
  },
  'JSON in JSON in JSON': {
    path: 'cluster-resources/pods/shop.json',
    wrap: line =>
      JSON.stringify({
        metadata: {annotations: {'example.com/state': JSON.stringify({inner: JSON.stringify({line})})}},
      }),
    read: text =>
      deep(JSON.parse(text))
        .flatMap(inner => deep(JSON.parse(inner)))
        .flatMap(inner => deep(JSON.parse(inner)))
        .join('\n'),
  },
  ConfigMap: {
    path: 'cluster-resources/configmaps/kube-system.json',
    wrap: line => JSON.stringify({kind: 'ConfigMap', data: {'app.log': `start\n${line}\nend\n`}}),
    read: text => deep(JSON.parse(text)).join('\n'),
  },
  'Event log': {
    path: 'host-collectors/win-1/windows/eventlog/System.xml',
    wrap: line =>
      `<Events><Event><EventData><Data Name="param1">${xml(line)}</Data></EventData></Event></Events>\n`,
    read: text => unxml(text),
  },
  'block of YAML': {
    path: 'values.yaml',
    wrap: line => `kind: ConfigMap\ndata:\n  app: |\n    start\n    ${line}\n    end\n  other: x\n`,
    read: text => text,
  },
  'comment of TOML': {
    path: 'host-collectors/win-1/windows/cri/config.toml',
    wrap: line => `version = 3\n# seen: ${line}\n[plugins]\nx = 1\n`,
    read: text => text,
  },
  'string of TOML': {
    path: 'host-collectors/win-1/windows/cri/config/20-registry.toml',
    wrap: line => `version = 3\n[plugins.x]\nnote = ${JSON.stringify(line)}\nport = 80\n`,
    read: text => deep(parseToml(text)).join('\n'),
  },
  'quoted text of YAML': {
    path: 'values.yaml',
    wrap: line => `app:\n  note: ${JSON.stringify(line)}\n  port: 80\n`,
    read: text => deep(parseYaml(text)).join('\n'),
  },
  'configuration of a CNI': {
    path: 'host-collectors/win-1/windows/cni/10-flannel.conflist',
    wrap: line =>
      JSON.stringify(
        {cniVersion: '1.0.0', name: 'cbr0', plugins: [{type: 'sdnoverlay', note: line}]},
        null,
        1,
      ),
    read: text => deep(JSON.parse(text)).join('\n'),
  },
  'single plugin of a CNI': {
    path: 'host-collectors/win-1/windows/cni/10-calico.conf',
    wrap: line => JSON.stringify({name: 'Calico', type: 'calico', note: line}),
    read: text => deep(JSON.parse(text)).join('\n'),
  },
  'line of JSON': {
    path: 'kubectl-win/probes.jsonl',
    wrap: line => `${JSON.stringify({id: 1, error: line})}\n${JSON.stringify({id: 2, error: null})}\n`,
    read: text =>
      text
        .trim()
        .split('\n')
        .flatMap(one => deep(JSON.parse(one)))
        .join('\n'),
  },
  'comment of XML': {
    path: 'host-collectors/win-1/windows/eventlog/Application.xml',
    wrap: line => `<Events>\n<!-- ${line.replaceAll('--', '-')} --><Event>\n</Event></Events>\n`,
    read: text => text,
  },
  'CDATA of XML': {
    path: 'host-collectors/win-1/windows/eventlog/Application.xml',
    wrap: line => `<Events><Event><Data><![CDATA[${line}]]></Data></Event></Events>\n`,
    read: text => text,
  },
  'attribute of XML': {
    path: 'web.config',
    wrap: line => `<configuration><log level="info" last="${xml(line)}"/></configuration>\n`,
    read: text => unxml(text),
  },
  page: {
    path: 'kubectl-win/report.html',
    wrap: line => `<!doctype html><html><body><pre id="log">\n${xml(line)}\n</pre></body></html>\n`,
    read: text => unxml(text),
  },
  text: {path: 'notes.txt', wrap: line => `first\r\n${line}\r\nlast\r\n`, read: text => text},
  'file without a known end': {
    path: 'logs/app/current',
    wrap: line => `first\n${line}\n`,
    read: text => text,
  },
};
