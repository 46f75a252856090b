import test from 'ava';
import {array, assert, constantFrom, property, string} from 'fast-check';
import {containerItem, imageItem, sandboxItem, statusFile} from '../../../src/cri/answers.ts';
import {containerInfo, imageInfo, sandboxInfo} from '../../../src/cri/allowed.ts';
import {statusInfo} from '../../../src/cri/allowed-status.ts';

const CANARY = 'c4n4ry-secret';
const of = (name: string) => `${CANARY}-${name}`;

/** A container's verbose `info` as containerd 1.7 has it on Windows, a secret in every place where users put them. */
const CONTAINER_INFO = {
  sandboxID: 'sandbox',
  pid: 4711,
  removing: false,
  snapshotKey: 'key',
  snapshotter: 'windows',
  runtimeType: 'io.containerd.runhcs.v1',
  runtimeOptions: {debug: true, sandbox_image: 'pause:1', registry_values: {a: of('registry')}},
  config: {
    metadata: {name: 'main'},
    image: {image: 'sha256:1', annotations: {a: of('image-annotation')}},
    command: ['cmd', '/c', `set P=${of('command')}`],
    args: [`--password=${of('args')}`],
    envs: [{key: 'P', value: of('env')}],
    mounts: [{container_path: 'C:\\data', host_path: 'C:\\host'}],
    labels: {app: of('label')},
    annotations: {token: of('annotation'), 'io.kubernetes.container.preStopHandler': of('hook')},
    windows: {security_context: {run_as_username: 'ContainerUser', credential_spec: of('credential-spec')}},
  },
  runtimeSpec: {
    ociVersion: '1.0.2',
    process: {
      args: ['C:\\LogMonitor\\LogMonitor.exe', `/p:${of('process-args')}`],
      commandLine: `C:\\LogMonitor\\LogMonitor.exe /p:${of('command-line')}`,
      env: [`P=${of('process-env')}`],
    },
    annotations: {'io.kubernetes.cri.container-type': 'container', x: of('spec-annotation')},
    windows: {
      layerFolders: ['C:\\layers\\1'],
      network: {networkNamespace: 'guid'},
      credentialSpec: {a: of('credential')},
      hyperv: {utilityVMPath: 'C:\\uvm'},
    },
    hooks: {prestart: [{env: [of('hook-env')]}]},
  },
};

test('of a verbose container everything that checks need is kept, and no secret', t => {
  const item = containerItem(
    {id: 'a', labels: {app: of('label')}, annotations: {b: of('annotation')}, image: {image: 'i'}},
    {
      status: {
        message: `CreateProcess: web.exe --pw ${of('message')}: The system cannot find the file`,
        mounts: [],
      },
      info: {info: JSON.stringify(CONTAINER_INFO)},
    },
  );
  t.false(JSON.stringify(item).includes(CANARY));
  t.like(item, {
    info: {
      pid: 4711,
      sandboxID: 'sandbox',
      snapshotKey: 'key',
      runtimeOptions: {sandbox_image: 'pause:1'},
      config: {
        mounts: [{host_path: 'C:\\host'}],
        windows: {security_context: {run_as_username: 'ContainerUser'}},
      },
      runtimeSpec: {
        process: {args: ['C:\\LogMonitor\\LogMonitor.exe', '[redacted]']},
        windows: {network: {networkNamespace: 'guid'}, hyperv: {utilityVMPath: 'C:\\uvm'}},
      },
    },
  });
});

test('of a verbose sandbox the network is kept, and no secret', t => {
  const info = {
    ...CONTAINER_INFO,
    image: 'pause:1',
    netNamespaceClosed: false,
    cniResult: {
      Interfaces: {eth0: {Mac: '00', Sandbox: 'guid', IPConfigs: [{IP: '10.0.0.2', Gateway: '10.0.0.1'}]}},
      DNS: [{nameservers: ['10.96.0.10']}],
    },
    sandboxMetadata: {
      Version: 'v1',
      Metadata: {NetNSPath: 'guid', Config: {annotations: {a: of('metadata')}}},
    },
  };
  const item = sandboxItem(
    {id: 'a', annotations: {c: of('annotation')}},
    {info: {info: JSON.stringify(info)}},
  );
  t.false(JSON.stringify(item).includes(CANARY));
  t.like(item, {
    info: {
      image: 'pause:1',
      cniResult: {Interfaces: {eth0: {IPConfigs: [{IP: '10.0.0.2'}]}}, DNS: [{nameservers: ['10.96.0.10']}]},
      sandboxMetadata: {Metadata: {NetNSPath: 'guid'}},
    },
  });
});

test('of a verbose image the platform is kept, and neither environment, labels nor history', t => {
  const imageSpec = {
    os: 'windows',
    'os.version': '10.0.20348.2700',
    architecture: 'amd64',
    config: {
      Env: [`P=${of('env')}`],
      Labels: {a: of('label')},
      Entrypoint: ['C:\\LogMonitor\\LogMonitor.exe', of('entrypoint')],
      Cmd: [`run ${of('cmd')}`],
    },
    history: [{created_by: `RUN set ${of('history')}`}],
  };
  const item = imageItem({id: 'a'}, {info: {info: JSON.stringify({chainID: 'sha256:c', imageSpec})}});
  t.false(JSON.stringify(item).includes(CANARY));
  t.like(item, {info: {chainID: 'sha256:c', imageSpec: {os: 'windows', 'os.version': '10.0.20348.2700'}}});
});

test('of a verbose status the handlers and the CNI are kept, and no credential of a registry', t => {
  const file = statusFile(
    {
      status: {conditions: [{type: 'RuntimeReady', status: true}]},
      info: {
        golang: '"go1.22"',
        config: JSON.stringify({
          sandboxImage: 'pause:1',
          registry: {configs: {r: {auth: {password: of('auth')}}}, headers: {Authorization: [of('header')]}},
          containerd: {
            runtimes: {'runhcs-wcow-process': {runtimeType: 'io.containerd.runhcs.v1', options: {}}},
          },
        }),
        cniconfig: JSON.stringify({
          PluginConfDir: 'C:\\k',
          Networks: [
            {
              Config: {
                Name: 'n',
                Source: of('source'),
                Plugins: [
                  {Network: {type: 'calico', policy: {k8s_auth_token: of('policy')}}, Source: of('plugin')},
                ],
              },
            },
          ],
        }),
        constructor: of('constructor'),
        'lastCNILoadStatus.default': 'OK',
      },
    },
    undefined,
  );
  t.false(JSON.stringify(file).includes(CANARY));
  t.like(file, {
    golang: 'go1.22',
    'lastCNILoadStatus.default': 'OK',
    config: {
      sandboxImage: 'pause:1',
      containerd: {runtimes: {'runhcs-wcow-process': {runtimeType: 'io.containerd.runhcs.v1'}}},
    },
    cniconfig: {
      PluginConfDir: 'C:\\k',
      Networks: [{Config: {Name: 'n', Plugins: [{Network: {type: 'calico'}}]}}],
    },
  });
});

test('a secret under any key that a runtime may add stays out', t => {
  const key = string({minLength: 1, maxLength: 12}).map(name => `new-${name}`);
  const path = array(key, {minLength: 1, maxLength: 4});
  assert(
    property(path, constantFrom(...spots()), (keys, spot) => {
      const secret = keys.reduceRight<unknown>((inner, name) => ({[name]: inner}), CANARY);
      const info = structuredClone(CONTAINER_INFO);
      graft(info, spot, secret);
      for (const rule of [containerInfo, sandboxInfo, imageInfo, statusInfo]) {
        t.false(JSON.stringify(rule(info) ?? null).includes(`${CANARY}"`));
      }
    }),
  );
});

/** Paths of all objects in the sample. */
function spots(value: unknown = CONTAINER_INFO, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => spots(inner, [...path, key]))];
}

function graft(root: object, path: readonly string[], what: unknown): void {
  let at: Record<string, unknown> = {...root};
  Object.assign(root, at);
  // Every path was taken from the same sample.
  at = root as Record<string, unknown>;
  for (const key of path) at = at[key] as Record<string, unknown>;
  Object.assign(at, what);
}
