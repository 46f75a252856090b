import test from 'ava';
import {redactFile} from '../../../src/redact/redact-file.ts';
import type {FileKind} from '../../helpers/redaction/files.ts';
import {FILE_KINDS} from '../../helpers/redaction/files.ts';
import {Inventor} from '../../helpers/redaction/invent.ts';
import {LOOK_ALIKES} from '../../helpers/redaction/look-alikes.ts';
import {SECRET_LINES} from '../../helpers/redaction/secrets.ts';

/** Issue 8: a labelled corpus of our own. */
const WANTED = 0.995;
const EACH = 6;

test('the corpus has at least 200 secrets in 25 forms and 200 look-alikes', t => {
  t.true(Object.keys(SECRET_LINES).length >= 25);
  t.true(Object.keys(SECRET_LINES).length * EACH >= 200);
  t.true(Object.keys(LOOK_ALIKES).length * EACH >= 200);
});

/** What a reader of a file can see, with what is written in base64 in it. */
function seen(text: string): string {
  return text.replaceAll(
    /[A-Za-z0-9+/]{24,}={0,2}/g,
    run => `${run} ${Buffer.from(run, 'base64').toString()}`,
  );
}

for (const [kind, {path, wrap, read}] of Object.entries<FileKind>(FILE_KINDS)) {
  test(`${kind}: secrets are found`, t => {
    const inventor = new Inventor(20_261_129);
    const missed: string[] = [];
    let all = 0;
    for (const [form, plant] of Object.entries(SECRET_LINES)) {
      for (let n = 0; n < EACH; n++) {
        const {text, secret} = plant(inventor);
        all++;
        const redacted = read(redactFile(path, wrap(text)).text);
        if (seen(redacted).includes(secret)) missed.push(`${form}: ${text}`);
      }
    }
    t.true(missed.length <= all * (1 - WANTED), missed.join('\n'));
  });

  test(`${kind}: what looks like a secret and is none stays to the byte`, t => {
    const inventor = new Inventor(20_261_130);
    const changed: string[] = [];
    let all = 0;
    for (const [form, make] of Object.entries(LOOK_ALIKES)) {
      for (let n = 0; n < EACH; n++) {
        const text = wrap(make(inventor));
        all++;
        const redacted = redactFile(path, text).text;
        if (redacted !== text) changed.push(`${form}: ${text}\n=> ${redacted}`);
      }
    }
    t.true(changed.length <= all * (1 - WANTED), changed.join('\n'));
  });

  test(`${kind}: lines stay as many, and what is redacted stays as it is`, t => {
    const inventor = new Inventor(20_261_131);
    for (const plant of Object.values(SECRET_LINES)) {
      const text = wrap(plant(inventor).text);
      const once = redactFile(path, text).text;
      t.is(once.split('\n').length, text.split('\n').length);
      t.is(redactFile(path, once).text, once);
      t.is(redactFile(path, once).counts.size, 0);
    }
  });
}
