import {array, assert, constantFrom, property} from 'fast-check';
import test from 'ava';
import {joinEvents, maskEvent} from '../../../agent/logs/events/events-xml.ts';
import {oneLine, splitEvents} from '../../../src/logs/event-lines.ts';

test('events are split with or without a root, and a cut one is left out', t => {
  t.deepEqual(splitEvents('<Events><Event a="1">x</Event>\r\n<Event>y</Event></Events>'), [
    '<Event a="1">x</Event>',
    '<Event>y</Event>',
  ]);
  t.deepEqual(splitEvents('<Event>x</Event><Event>cut'), ['<Event>x</Event>']);
  t.deepEqual(splitEvents('<Events/>'), []);
});

test('a document of no events has a root', t => t.is(joinEvents([]), '<Events></Events>\n'));

test('a secret is masked also where its quotes are references, and the event stays XML', t => {
  t.is(
    maskEvent('<Event><Data>{&quot;password&quot;: &quot;hunter2&quot;} &lt;a&gt;</Data></Event>'),
    '<Event><Data>{"password": "***"} &lt;a&gt;</Data></Event>',
  );
});

test('a value whose name says that it is secret is masked whole', t => {
  t.is(maskEvent("<Data Name='ClientPassword'>x y</Data>"), "<Data Name='ClientPassword'>***</Data>");
});

test('an event becomes one line and means the same', t => {
  t.is(oneLine('<Event>\r\n  <M>a\r\nb\nc</M>\n</Event>'), '<Event><M>a&#10;b&#10;c</M></Event>');
});

test('splitting ends on any text, and what it gives is in it', t => {
  assert(
    property(array(constantFrom('<Event>', '</Event>', '<Event ', '<Events>', 'x', '>')), parts => {
      const text = parts.join('');
      t.true(splitEvents(text).every(event => text.includes(event)));
    }),
  );
});
