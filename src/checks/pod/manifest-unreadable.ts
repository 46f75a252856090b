import type {ManifestProblem} from '../../manifests/document.ts';
import type {KubeObject} from '../../kube/types.ts';
import {defineCheck, fail, pass, ref} from '../define.ts';

const FIX: Record<ManifestProblem['problem'], string> = {
  syntax: 'Mend the YAML at the line and column named: most often an indent, a missing quote or a tab.',
  'duplicate-key': 'Keep one of the two: parsers disagree about which one counts.',
  'wrong-type': 'Give the field the type that the API has for it: quote what must be a string.',
  null: 'Give the field a value; one that is optional may be left out.',
  template:
    'Render the templates first: `helm template . | kubectl win lint -`, or `kubectl kustomize . | kubectl win lint -`.',
};

export default defineCheck({
  id: 'POD015',
  name: 'manifest-unreadable',
  severity: 'error',
  since: '0.1.0',
  title: 'A manifest cannot be read as it was meant',
  evidence: ['M'],
  needs: ['manifests'],
  docs: {
    what: 'A document does not parse, holds a key twice, has no name, or has a wrong type or `null` where a check reads a field. YAML is read as kubectl reads it (1.1: `yes` and `on` are booleans). An empty map or list (`annotations:` with nothing behind it) is accepted, as the API server accepts it.',
    why: 'What cannot be read cannot be judged: the API server refuses the object, or a parser silently takes another meaning than the author had.',
    fix: Object.values(FIX),
    links: ['https://yaml.org/spec/1.1/', 'https://github.com/kubernetes-sigs/yaml'],
  },
  *run({manifests}) {
    for (const {origin, kind = 'File', name, namespace, problems} of manifests) {
      const object: KubeObject = {
        apiVersion: '',
        kind,
        metadata: {name: name ?? origin.file, ...(namespace !== undefined && {namespace})},
        origin,
      };
      if (problems.length === 0) yield pass(object);
      for (const {problem, message, origin: at} of problems) {
        yield fail(object, {
          cause: problem,
          message,
          evidence: [ref({...object, origin: at}, '')],
          fix: [FIX[problem]],
        });
      }
    }
  },
});
