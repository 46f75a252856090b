import {defineCheck, fail, pass} from '../define.ts';
import {eachNode} from '../each-node.ts';

export default defineCheck({
  id: 'CRI008',
  name: 'config-invalid',
  severity: 'error',
  since: '0.1.0',
  title: 'The configuration of containerd cannot be read',
  evidence: ['N'],
  needs: ['nodes', 'node.cri.config'],
  perNode: true,
  docs: {
    what: '`config.toml` of containerd on Windows nodes and the files that it imports: each must be TOML, of a version that containerd knows, and no import of a higher version than the main file.',
    why: '`containerd` does not start with it. One that runs keeps what it read when it started, so that the fault strikes at the next restart.',
    fix: [
      'Correct the line that the message names, then check on the node: `containerd config dump`.',
      'Restart containerd, which keeps the containers: `Restart-Service containerd`.',
    ],
    links: ['https://github.com/containerd/containerd/blob/main/docs/man/containerd-config.toml.5.md'],
  },
  *run(input) {
    yield* eachNode(input, ['node.cri.config'], function* ({node, facts, at}) {
      const files = facts['node.cri.config'];
      const main = files.find(f => f.file === MAIN);
      let isWell = true;
      for (const {file, version, problems} of files) {
        const found = problems[0] ?? tooHigh(version, file === MAIN ? undefined : main?.version);
        if (!found) continue;
        isWell = false;
        const line = problems[0]?.line === undefined ? '' : `, line ${problems[0].line}`;
        yield fail(node, {
          cause: found.problem,
          message: `\`${file.slice('cri/'.length)}\` of containerd on ${node.metadata.name}${line}: ${found.message}`,
          evidence: [at(file, '')],
        });
      }
      if (isWell) yield pass(node);
    });
  },
});

const MAIN = 'cri/config.toml';

/** https://github.com/containerd/containerd/blob/main/cmd/containerd/server/config/config.go, `LoadConfig`. */
function tooHigh(version: number, main: number | undefined): {problem: string; message: string} | undefined {
  if (main === undefined || version <= main) return undefined;
  return {
    problem: 'version-too-high',
    message: `version ${version} is higher than that of the main file (${main})`,
  };
}
