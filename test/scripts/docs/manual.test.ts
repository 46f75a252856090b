import test from 'ava';
import {commands} from '../../../plugin/commands.ts';
import {manualPage} from '../../../scripts/docs/manual.ts';

const page = manualPage({version: '1.2.3', summary: 'Says why'});

test('the manual has every command by the words that people type', t => {
  for (const name of Object.keys(commands))
    t.true(page.includes(`.SS "kubectl win ${name.replaceAll(':', ' ').replaceAll('-', '\\-')}"`), name);
});

test('hyphens in the manual can be copied: none is left for roff to make a typographic one of', t => {
  t.notRegex(page.replaceAll('.TH KUBECTL\\-WIN', ''), /[^\\]-/);
});

test('no line of the manual starts as a macro that nobody meant', t => {
  for (const line of page.split('\n').filter(l => l.startsWith('.')))
    t.regex(line, /^\.(TH|SH|SS|PP|TP|B|I|BR)( |$)/);
});
