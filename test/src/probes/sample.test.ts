import test from 'ava';
import * as fc from 'fast-check';
import {draw, hashOf} from '../../../src/probes/draw.ts';
import {chanceToMiss, chooseFor, chooseLinks, linksFor} from '../../../src/probes/sample.ts';

const members = (count: number, groups = 1) =>
  Array.from({length: count}, (_, i) => ({name: `node-${i}`, groups: [`g${i % groups}`]}));
const texts = (links: ReturnType<typeof chooseLinks>) => links.map(l => `${l.from} ${l.to}`).sort();

test('each node is an end and a begin of half the links at least, none with itself, none twice', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(
        fc.integer({min: 1, max: 40}),
        fc.integer({min: 0, max: 90}),
        fc.nat(5),
        (count, perNode, round) => {
          const links = chooseLinks(members(count, 3), {perNode, round});
          const [into, out] = [Map.groupBy(links, l => l.to), Map.groupBy(links, l => l.from)];
          const [ends, begins] = [Math.ceil(perNode / 2), Math.floor(perNode / 2)].map(n =>
            Math.min(n, count - 1),
          );
          return (
            links.length <= count * perNode &&
            new Set(texts(links)).size === links.length &&
            links.every(l => l.from !== l.to) &&
            members(count).every(
              ({name}) =>
                (into.get(name)?.length ?? 0) >= (ends ?? 0) && (out.get(name)?.length ?? 0) >= (begins ?? 0),
            )
          );
        },
      ),
    ),
  );
});

test('links depend neither on the order of members nor on members that are no end of them', t => {
  const all = members(30);
  const links = chooseLinks(all, {perNode: 6});
  t.deepEqual(texts(chooseLinks(all.toReversed(), {perNode: 6})), texts(links));
  const without = new Set(texts(chooseLinks(all.slice(1), {perNode: 6})));
  for (const {from, to} of links)
    if (from !== 'node-0' && to !== 'node-0') t.true(without.has(`${from} ${to}`), `${from} ${to}`);
});

test('those that try a node are of every group that there is', t => {
  const links = chooseLinks(members(40, 3), {perNode: 6});
  for (const into of Map.groupBy(links, l => l.to).values())
    t.is(new Set(into.map(l => Number(l.from.slice(5)) % 3)).size, 3);
});

test('another round draws others', t => {
  const [first, second] = [0, 1].map(round => texts(chooseLinks(members(50), {perNode: 6, round})));
  t.notDeepEqual(first, second);
});

test('a coverage is met by the least number of links', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(
        fc.integer({min: 2, max: 300}),
        fc.double({min: 0, max: 1, noNaN: true}),
        (nodes, coverage) => {
          const links = linksFor(nodes, coverage);
          const enough = 1 - chanceToMiss(nodes, links) >= coverage;
          return enough && (links === 0 || 1 - chanceToMiss(nodes, links - 1) < coverage);
        },
      ),
    ),
  );
  t.is(linksFor(0, 1), 0);
  t.is(linksFor(1, 1), 0);
});

test('the chance to miss a link is what draws show, within their own error', t => {
  const [nodes, perNode, rounds] = [30, 6, 300];
  let missed = 0;
  for (let round = 0; round < rounds; round++) {
    const links = new Set(texts(chooseLinks(members(nodes), {perNode, round})));
    const to = hashOf(`to ${round}`) % nodes;
    const from = (to + 1 + (hashOf(`from ${round}`) % (nodes - 1))) % nodes;
    if (!links.has(`node-${from} node-${to}`)) missed++;
  }
  const expected = chanceToMiss(nodes, perNode);
  const deviation = Math.sqrt((expected * (1 - expected)) / rounds);
  t.true(Math.abs(missed / rounds - expected) < 4 * deviation, `${missed / rounds} against ${expected}`);
});

test('several rounds miss less, and everything is seen where all try all', t => {
  t.is(chanceToMiss(11, 10), 0.25);
  t.is(chanceToMiss(11, 10, 3), 0.25 ** 3);
  t.is(chanceToMiss(11, 20), 0);
  t.is(chanceToMiss(11, 0), 1);
  t.is(chanceToMiss(1, 0), 0);
});

test('every drawer has a draw of its own, spread over all things', t => {
  const hashes = Uint32Array.from({length: 100}, (_, i) => hashOf(`thing ${i}`));
  const seen = new Set(Array.from({length: 200}, (_, i) => draw(hashes, `drawer ${i}`, 3)).flat());
  t.true(seen.size > 95, `${seen.size}`);
  t.deepEqual(draw(hashes, 'a', 0), []);
  t.is(draw(Uint32Array.of(1, 2), 'a', 5).length, 2);
  t.is(chooseFor('outside', members(9, 3), {count: 4}).length, 4);
});
