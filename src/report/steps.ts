import type {Fail, Subject} from '../checks/define.ts';

const COMMAND = /`[^`]*`/g;
const PLAIN_IMAGE = /^[\w.:@/-]+$/;
const PLACEHOLDER = /\b(?:NODE|NAMESPACE|NAME|POD|IMAGE)\b/g;

/**
 * Fills in, within the commands of what to do next, the names that a fail knows, so that they can be typed as they stand.
 * What it does not know stays a word in capitals.
 */
export function fillIn(fix: readonly string[], fail: Fail): string[] {
  const names = namesOf(fail);
  return fix.map(step =>
    step.replaceAll(COMMAND, command => command.replaceAll(PLACEHOLDER, word => names.get(word) ?? word)),
  );
}

function namesOf({subject, node, workload, evidence}: Fail): Map<string, string> {
  const objects = evidence.flatMap(e => ('object' in e ? [e.object] : []));
  const named = (kinds: readonly string[]): string | undefined =>
    objects.find(o => kinds.includes(o.kind))?.metadata.name;
  const image = evidence.find(e => e.pointer.endsWith('/image'))?.value;
  const known: Record<string, unknown> = {
    NODE: node ?? nameIf(subject, 'Node') ?? named(['Node', 'CSINode']),
    NAMESPACE: subject.namespace ?? nameIf(subject, 'Namespace') ?? workload?.split('/')[1],
    NAME: subject.name,
    POD: nameIf(subject, 'Pod') ?? named(['Pod']),
    // An image is a stranger's text: what a shell would act upon is not put into a command.
    IMAGE: typeof image === 'string' && PLAIN_IMAGE.test(image) ? image : undefined,
  };
  return new Map(
    Object.entries(known).flatMap(([word, name]) =>
      typeof name === 'string' && name !== '' ? [[word, name] as const] : [],
    ),
  );
}

function nameIf({kind, name}: Subject, wanted: string): string | undefined {
  return kind === wanted ? name : undefined;
}
