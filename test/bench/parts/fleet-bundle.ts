/**
 * Writes the bundle of a simulated fleet into a folder, as `kubectl win bundle` lays it out: `node fleet-bundle.ts FOLDER NODES PODS`, so many pods a node. Every
 * object of the API, and of each node the answers of HNS and what stands beside them. A program of its own, so that neither the
 * time nor the memory of the simulation counts as the tool's.
 */
import {mkdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {manifestOf} from '../../../src/bundle/own-files.ts';
import {resourceOfKind} from '../../../src/kube/resources.ts';
import {NOW} from '../../helpers/raw.ts';
import type {Raw} from '../../helpers/raw.ts';
import {idlePodsOf, outlineOf, programNode} from '../../helpers/winkernel/cluster.ts';
import {agentOf} from '../../helpers/winkernel/snapshot.ts';
import {fleetPlan} from './hns-fleet.ts';

const [folder = '', count, pods] = process.argv.slice(2);
const version = 'v1.35.4';
const files: {path: string; bytes: number}[] = [];
const lists = new Map<string, Raw[]>();

const outline = outlineOf(fleetPlan(Number(count), Number(pods)));
const indexes = outline.plan.nodes.map((_, i) => i + 1);
for (const object of [...outline.objects, ...indexes.flatMap(i => idlePodsOf(outline, i))]) list(object);
for (const [place, items] of lists) {
  const [first] = items;
  const whole = {apiVersion: first?.apiVersion, kind: `${first?.kind}List`, items};
  write(`cluster-resources/${place}.json`, JSON.stringify(whole, undefined, 2));
}
write('cluster-info/cluster_version.json', JSON.stringify({info: {gitVersion: version}, string: version}));
for (const index of indexes) {
  const agent = agentOf(programNode(outline, index), outline.plan.cni);
  for (const [file, text] of agent.bundled) write(`host-collectors/${agent.name}/windows/${file}`, text);
}
const manifest = manifestOf({
  tool: {version: '0.1.0'},
  time: NOW,
  cluster: {name: 'fleet'},
  files,
  missing: [],
});
write('kubectl-win/manifest.json', JSON.stringify(manifest));
console.log(files.reduce((sum, {bytes}) => sum + bytes, 0));

function list(object: Raw): void {
  const resource = resourceOfKind(object.apiVersion, object.kind);
  if (!resource) return;
  const place = resource.namespaced ? `${resource.path}/${object.metadata.namespace}` : resource.path;
  const known = lists.get(place);
  if (known) known.push(object);
  else lists.set(place, [object]);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), {recursive: true});
  writeFileSync(join(folder, path), text);
  files.push({path, bytes: Buffer.byteLength(text)});
}
