import test from 'ava';
import {Kept} from '../../../plugin/capture/kept.ts';

const NODE = 'b/host-collectors/win-1/windows/hns/networks.json';
const [PODS, MANIFEST] = ['b/cluster-resources/pods/shop.json', 'b/kubectl-win/manifest.json'];

function keptOf(most: number, files: readonly (readonly [string, number])[]): Kept {
  const kept = new Kept(most);
  for (const [path, size] of files)
    if (kept.wants(path, size)) kept.put({path, bytes: new Uint8Array(size)}, size);
  return kept;
}

const all = new Set([NODE, PODS, MANIFEST]);
const read = (kept: Kept): string[] => [...kept.read(all)].map(({path}) => path);

test('small archives are kept whole, as often as they are read', t => {
  const kept = keptOf(9, [
    [PODS, 3],
    [NODE, 3],
    [MANIFEST, 3],
  ]);
  t.deepEqual(read(kept), [PODS, NODE, MANIFEST]);
  t.deepEqual(read(kept), [PODS, NODE, MANIFEST]);
});

test('of large ones the state of nodes makes room for what is read first, which is let go when it was', t => {
  const kept = keptOf(9, [
    [PODS, 3],
    [NODE, 6],
    [MANIFEST, 4],
  ]);
  t.deepEqual([read(kept), read(kept)], [[PODS, MANIFEST], []]);
});

test('what has no room is not kept, and takes none', t => {
  t.deepEqual(
    read(
      keptOf(9, [
        [PODS, 10],
        [NODE, 1],
        [MANIFEST, 9],
      ]),
    ),
    [MANIFEST],
  );
});
