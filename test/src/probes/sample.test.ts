import test from 'ava';
import * as fc from 'fast-check';
import {draw, drawOne, hashOf} from '../../../src/probes/draw.ts';
import {DEFAULT_REACH, chanceToMiss, chooseFor, chooseLinks, reachFor} from '../../../src/probes/sample.ts';

const members = (count: number, groups = 1) =>
  Array.from({length: count}, (_, i) => ({name: `node-${i}`, groups: [`g${i % groups}`]}));
const texts = (links: ReturnType<typeof chooseLinks>) => links.map(l => `${l.from} ${l.to}`).sort();
const isWindows = (name: string): boolean => name.startsWith('win-');
const reaches = fc.record({all: fc.nat(50), own: fc.nat(8)});

test('each node tries so many others as was asked, is tried by as many, and never by itself or twice', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(fc.integer({min: 1, max: 40}), reaches, fc.nat(5), (count, reach, round) => {
        const links = chooseLinks(members(count, 3), reach, round);
        const [into, out] = [Map.groupBy(links, l => l.to), Map.groupBy(links, l => l.from)];
        const least = Math.min(reach.all, count - 1);
        const isWithin = (list: readonly unknown[] = []): boolean =>
          list.length >= least && list.length <= reach.all + reach.own;
        return (
          new Set(texts(links)).size === links.length &&
          links.every(l => l.from !== l.to) &&
          members(count).every(({name}) => isWithin(into.get(name)) && isWithin(out.get(name)))
        );
      }),
    ),
  );
});

test('links depend neither on the order of members nor on members that are no end of them', t => {
  const all = members(30);
  const links = chooseLinks(all, DEFAULT_REACH);
  t.deepEqual(texts(chooseLinks(all.toReversed(), DEFAULT_REACH)), texts(links));
  const without = new Set(texts(chooseLinks(all.slice(1), DEFAULT_REACH)));
  for (const {from, to} of links)
    if (from !== 'node-0' && to !== 'node-0') t.true(without.has(`${from} ${to}`), `${from} ${to}`);
});

test('three nodes of a kind among a thousand others try one another, and are no burden to anybody', t => {
  const few = [0, 1, 2].map(i => ({name: `win-${i}`, groups: ['windows']}));
  const many = Array.from({length: 1000}, (_, i) => ({name: `linux-${i}`, groups: ['linux']}));
  const links = chooseLinks([...few, ...many], DEFAULT_REACH);
  t.is(links.filter(l => isWindows(l.from) && isWindows(l.to)).length, 6);
  for (const {name} of few) {
    t.true(links.filter(l => l.from === name).length <= 6);
    t.true(links.some(l => l.from === name && !isWindows(l.to)));
    t.true(links.some(l => l.to === name && !isWindows(l.from)));
  }
});

test('another round draws others', t => {
  const [first, second] = [0, 1].map(round => texts(chooseLinks(members(50), DEFAULT_REACH, round)));
  t.notDeepEqual(first, second);
});

test('a coverage is met for any one link, by the least reach that does', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(
        fc.integer({min: 2, max: 300}),
        fc.double({min: 0, max: 1, noNaN: true}),
        (nodes, coverage) => {
          const {all} = reachFor(nodes, coverage);
          const enough = all / (nodes - 1) >= coverage;
          return enough && (all === 0 || (all - 1) / (nodes - 1) < coverage);
        },
      ),
    ),
  );
  t.is(reachFor(0, 1).all, 0);
  t.is(reachFor(1, 1).all, 0);
});

test('every link of the ring of all nodes is drawn as often as any other, within the error of the draws', t => {
  const [nodes, all, rounds] = [12, 4, 2000];
  const drawn = new Map<string, number>();
  for (let round = 0; round < rounds; round++)
    for (const text of texts(chooseLinks(members(nodes), {all, own: 0}, round)))
      drawn.set(text, (drawn.get(text) ?? 0) + 1);
  const expected = all / (nodes - 1);
  const deviation = Math.sqrt((expected * (1 - expected)) / rounds);
  t.is(drawn.size, nodes * (nodes - 1));
  for (const [link, count] of drawn)
    t.true(Math.abs(count / rounds - expected) < 5 * deviation, `${link}: ${count / rounds}`);
});

test('the chance to miss a link is the share of those that are not tried', t => {
  t.is(chanceToMiss(11, 55), 0.5);
  t.is(chanceToMiss(11, 110), 0);
  t.is(chanceToMiss(11, 0), 1);
  t.is(chanceToMiss(1, 0), 0);
  t.is(chanceToMiss(0, 0), 0);
});

test('every drawer has a draw of its own, spread over all things', t => {
  const hashes = Uint32Array.from({length: 100}, (_, i) => hashOf(`thing ${i}`));
  const seen = new Set(Array.from({length: 200}, (_, i) => draw(hashes, `drawer ${i}`, 3)).flat());
  t.true(seen.size > 95, `${seen.size}`);
  t.deepEqual(draw(hashes, 'a', 0), []);
  t.is(draw(Uint32Array.of(1, 2), 'a', 5).length, 2);
  const things = Array.from({length: 20}, (_, i) => i);
  t.is(new Set(Array.from({length: 400}, (_, i) => drawOne(things, `drawer ${i}`))).size, 20);
  t.is(drawOne([], 'a'), undefined);
});

test('those that try an address outside are of every group that there is', t => {
  const chosen = chooseFor('outside', members(9, 3), {count: 4});
  t.is(chosen.length, 4);
  t.is(new Set(chosen.map(name => Number(name.slice(5)) % 3)).size, 3);
  t.deepEqual(chooseFor('outside', members(9), {count: 0}), []);
});
