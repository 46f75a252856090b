import test from 'ava';
import {array, assert, integer, nat, property, tuple} from 'fast-check';
import {BLOCK, freeBlocks} from '../../../agent/host/free-blocks.ts';

const range = {protocol: 'tcp', start: 49_152, count: 16_384} as const;

test('an empty range of 16384 ports holds 256 blocks', t => {
  t.is(freeBlocks(range, [], []), 256);
});

test('a single port in the middle of a block costs that block only', t => {
  t.is(freeBlocks(range, [], [49_152 + 32]), 255);
  t.is(freeBlocks(range, [], [49_152 + 63]), 255);
});

test('ranges that reach over an edge, overlap or lie outside count as they lie', t => {
  t.is(freeBlocks(range, [{start: 49_000, end: 49_215}], []), 255);
  t.is(freeBlocks(range, [{start: 65_472, end: 65_535}], []), 255);
  t.is(freeBlocks(range, [{start: 80, end: 80}], [443]), 256);
  const twice = [
    {start: 49_152, end: 49_351},
    {start: 49_200, end: 49_215},
  ];
  t.is(freeBlocks(range, twice, []), Math.floor((16_384 - 200) / 64));
  t.is(freeBlocks(range, [{start: 0, end: 65_535}], []), 0);
});

test('each gap is divided by itself, as Microsoft does: blocks need no alignment', t => {
  // Gaps of 63, 960 and 0 ports hold 0, 15 and 0 blocks.
  t.is(freeBlocks({protocol: 'tcp', start: 49_152, count: 1025}, [], [49_215, 50_176]), 15);
});

test('the count is that of laying blocks greedily from the left', t => {
  const excluded = array(tuple(nat({max: 3000}), nat({max: 200})), {maxLength: 20});
  assert(
    property(
      integer({min: 0, max: 1000}),
      nat({max: 2000}),
      excluded,
      array(nat({max: 3000})),
      (start, count, list, used) => {
        const ranges = list.map(([first, length]) => ({start: first, end: first + length}));
        const taken = (port: number) =>
          used.includes(port) || ranges.some(r => port >= r.start && port <= r.end);
        let blocks = 0;
        let run = 0;
        for (let port = start; port < start + count; port++) {
          run = taken(port) ? 0 : run + 1;
          if (run < BLOCK) continue;
          blocks++;
          run = 0;
        }
        t.is(freeBlocks({protocol: 'tcp', start, count}, ranges, used), blocks);
      },
    ),
  );
});
