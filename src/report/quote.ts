import type {Fail} from '../checks/define.ts';

/** Names that a shell takes as they stand; the API server gives out no others for what commands name. */
const PLAIN_NAME = /^[\w.:@%+=,~-]*$/;

/**
 * Makes commands safe to copy where a capture or a manifest holds names that a shell would act upon: such a name is put
 * in single quotes wherever it stands in what to do next.
 */
export function quoteStrangeNames(fix: readonly string[], fail: Fail): string[] {
  const {subject, node, workload, evidence} = fail;
  const objects = evidence.flatMap(e =>
    'object' in e
      ? [e.object.metadata.name, e.object.metadata.namespace]
      : 'log' in e
        ? [e.log.namespace, e.log.pod, e.log.container]
        : 'node' in e
          ? [e.node]
          : [],
  );
  const names = [subject.name, subject.namespace, node, ...(workload?.split('/').slice(1) ?? []), ...objects];
  const strange = [...new Set(names)].filter(name => name !== undefined && !PLAIN_NAME.test(name));
  // Longer names first: one may hold another.
  const ordered = strange.filter(name => name !== undefined).sort((a, b) => b.length - a.length);
  return fix.map(line => ordered.reduce((text, name) => text.split(name).join(quoted(name)), line));
}

function quoted(name: string): string {
  return `'${name.replaceAll("'", String.raw`'\''`)}'`;
}
