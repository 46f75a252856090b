import {execFileSync} from 'node:child_process';
import {join} from 'node:path';
import test from 'ava';
import protobuf from 'protobufjs';
import {CONTAINERD_PROTOS} from '../../../agent/cri/proto/containerd.ts';
import {RUNTIME_PROTO} from '../../../agent/cri/proto/runtime.ts';
import {buildForTest} from '../parts/build.ts';

test('every call, field and enum that the agent knows is what the published modules say', async t => {
  const folder = await buildForTest('cri-api', line => t.log(line));
  // Printed by `go/cri-api` alone.
  const published = JSON.parse(execFileSync(join(folder, 'cri-api'), {encoding: 'utf8'})) as Record<
    string,
    string
  >;
  const ours = new Map<string, string>();
  const root = new protobuf.Root();
  for (const text of [RUNTIME_PROTO, ...CONTAINERD_PROTOS]) protobuf.parse(text, root, {keepCase: true});
  root.resolveAll();
  describe(root, ours);
  t.true(ours.size > 150);
  t.deepEqual(
    Object.fromEntries(ours),
    Object.fromEntries([...ours.keys()].map(name => [name, published[name] ?? 'is not published'])),
  );
  const messages = new Set([...ours.keys()].map(name => name.slice(0, name.lastIndexOf('.'))));
  const further = Object.keys(published).filter(
    name => messages.has(name.slice(0, name.lastIndexOf('.'))) && !ours.has(name),
  );
  t.log(`published, but not asked for: ${further.join(', ')}`);
});

function describe(within: protobuf.NamespaceBase, into: Map<string, string>): void {
  for (const object of within.nestedArray) {
    const name = object.fullName.slice(1);
    if (object instanceof protobuf.Service) {
      for (const method of object.methodsArray) {
        const stream = method.responseStream ? 'stream ' : '';
        const input = object.lookupType(method.requestType).fullName.slice(1);
        const output = object.lookupType(method.responseType).fullName.slice(1);
        into.set(`${name}.${method.name}`, `${input} -> ${stream}${output}`);
      }
    } else if (object instanceof protobuf.Type) {
      for (const field of object.fieldsArray) {
        into.set(
          `${name}.${field.name}`,
          `${field.id} ${typeOf(field)} ${protobuf.util.camelCase(field.name)}`,
        );
      }
    } else if (object instanceof protobuf.Enum) {
      // A value's name stands beside its enum in the descriptor, inside it in the table that is printed.
      for (const [value, number] of Object.entries(object.values))
        into.set(`${name}.${value}`, String(number));
    }
    if (object instanceof protobuf.Namespace) describe(object, into);
  }
}

function typeOf(field: protobuf.Field): string {
  const type = field.resolvedType ? field.resolvedType.fullName.slice(1) : field.type;
  if (field instanceof protobuf.MapField) return `map<${field.keyType}, ${type}>`;
  return field.repeated ? `repeated ${type}` : type;
}
