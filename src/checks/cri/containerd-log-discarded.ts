import {programOf} from '../../node/processes.ts';
import {missing} from '../../snapshot/evidence.ts';
import {defineCheck, fail, pass, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';

export default defineCheck({
  id: 'CRI014',
  name: 'containerd-log-discarded',
  severity: 'info',
  since: '0.1.0',
  title: 'The log of containerd is thrown away',
  evidence: ['N'],
  needs: ['nodes', 'node.processes', 'node.logs'],
  perNode: true,
  docs: {
    what: 'Whether containerd writes a log: it runs with `--log-file`, or a log of it lies where a distribution keeps it. As a Windows service without either its output goes nowhere.',
    why: 'When pods fail to start nobody can read why: only ETW providers and `panic.log` remain.',
    fix: [
      'Register the service anew with a log: `containerd --register-service --log-file C:\\var\\log\\containerd\\containerd.log`.',
      'Rotate the file, as containerd does not do so itself.',
    ],
    links: [
      'https://github.com/containerd/containerd/blob/main/docs/getting-started.md#installing-containerd-on-windows',
    ],
  },
  *run(input) {
    yield* eachNode(input, ['node.processes', 'node.logs'], function* ({node, facts, at}) {
      const daemon = facts['node.processes'].find(p => /^containerd(?:\.exe)?$/i.test(programOf(p)));
      const hasLog = facts['node.logs'].files.some(f => f.component === 'containerd');
      if (hasLog || daemon?.flags?.['log-file'] !== undefined) yield pass(node);
      else if (!daemon?.flags) {
        yield unknown(
          node,
          'node.processes',
          missing('failed', 'the command line of containerd is not known'),
        );
      } else {
        yield fail(node, {
          cause: 'no log file',
          message: `containerd on ${node.metadata.name} runs without \`--log-file\`: what it says is lost`,
          evidence: [at('processes.json', `/${daemon.index}/flags`, daemon.flags)],
        });
      }
    });
  },
});
