import {Flags} from '@oclif/core';
import {FAIL_ON} from '../src/report/exit.ts';
import {FORMATS} from '../src/report/format-names.ts';
import {listFlag, withEnv} from './flags.ts';

const CHECKS = 'CHECKS';
const OUTPUT = 'OUTPUT';

/** Which checks to run, and how to show what they say. */
export const reportFlags = withEnv({
  check: listFlag({
    description: 'Only these checks or areas, such as SCH003 or SCH',
    helpValue: 'ID|AREA',
    helpGroup: CHECKS,
  }),
  skip: listFlag({
    description: 'Leave these checks or areas out',
    helpValue: 'ID|AREA',
    helpGroup: CHECKS,
  }),
  ignore: Flags.string({
    description: 'YAML file of accepted findings: id, subject, until, owner, reason',
    helpValue: 'FILE',
    helpGroup: CHECKS,
  }),
  baseline: Flags.string({
    description: 'Earlier report (-o json): only what is new since then',
    helpValue: 'REPORT',
    helpGroup: CHECKS,
  }),
  'fail-on': Flags.option({options: FAIL_ON})({
    description: 'Lowest severity that makes the exit code 1',
    default: 'error',
    helpGroup: OUTPUT,
  }),
  strict: Flags.boolean({
    description: 'Exit with 4 where nothing was found but evidence was missing',
    helpGroup: OUTPUT,
  }),
  output: Flags.option({options: FORMATS, char: 'o'})({
    description: 'Format of the report',
    default: 'text',
    helpGroup: OUTPUT,
  }),
  'output-file': Flags.string({
    description: 'Write the report to this file instead',
    helpValue: 'FILE',
    helpGroup: OUTPUT,
  }),
  now: Flags.string({
    description: 'Judge as of this moment (RFC 3339)',
    hidden: true,
  }),
});
