import {Flags} from '@oclif/core';
import {PSEUDONYM_KINDS} from '../src/redact/pseudonyms/kinds.ts';
import {withEnv} from './flags.ts';

/** What gets pseudonyms in a bundle. */
export const pseudonymsFlag = withEnv({
  pseudonyms: Flags.option({
    options: PSEUDONYM_KINDS,
    multiple: true,
    multipleNonGreedy: true,
    delimiter: ',',
  })({
    description:
      'Replace names (nodes, namespaces, Services, workloads, pods) or IP addresses by pseudonyms, the same in every file',
    helpGroup: 'WHAT',
  }),
});
