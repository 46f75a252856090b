import {missing} from '../../snapshot/evidence.ts';
import {defineCheck, fail, pass, skip, unknown} from '../define.ts';
import {eachNode} from '../each-node.ts';

/** A path of containerd's, of whatever distribution. */
const RUNTIME_PATH = /containerd/i;

export default defineCheck({
  id: 'NOD016',
  name: 'antivirus-exclusions-missing',
  severity: 'info',
  since: '0.1.0',
  title: 'Antivirus looks into the layers of containers',
  evidence: ['N'],
  needs: ['nodes', 'node.defender'],
  perNode: true,
  docs: {
    what: 'Real-time protection of Microsoft Defender on each Windows node, and whether a path or process of containerd is excluded from it. Other products are not seen.',
    why: 'Every file that is unpacked or opened is scanned: pulls and starts take minutes, and files that are held open make them fail (`0x20`, `0x5`).',
    fix: [
      'Exclude the process: `Add-MpPreference -ExclusionProcess containerd.exe`.',
      'Exclude its root folder: `Add-MpPreference -ExclusionPath C:\\ProgramData\\containerd`.',
    ],
    links: [
      'https://learn.microsoft.com/windows-hardware/drivers/ifs/anti-virus-optimization-for-windows-containers',
      'https://learn.microsoft.com/defender-endpoint/configure-extension-file-exclusions-microsoft-defender-antivirus',
    ],
  },
  *run(input) {
    yield* eachNode(input, ['node.defender'], function* ({node, facts, at}) {
      const {realTimeProtection, exclusions} = facts['node.defender'];
      if (realTimeProtection === false) yield skip('real-time protection is off');
      else if (realTimeProtection === undefined || !exclusions) {
        yield unknown(node, 'node.defender', missing('failed', 'what Defender excludes is not known'));
      } else if ([...exclusions.paths, ...exclusions.processes].some(p => RUNTIME_PATH.test(p)))
        yield pass(node);
      else {
        yield fail(node, {
          cause: 'no exclusion',
          message: `Defender on ${node.metadata.name} excludes neither a path nor a process of containerd`,
          evidence: [at('defender.json', '/exclusions')],
        });
      }
    });
  },
});
