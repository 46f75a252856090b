import {Flags} from '@oclif/core';
import {withEnv} from './flags.ts';

const PUBLISH = 'PUBLISH';

/** Who else is told what was found. */
export const publishFlags = withEnv({
  events: Flags.boolean({
    description: 'Write findings as Events on what is at fault',
    helpGroup: PUBLISH,
  }),
  'policy-reports': Flags.boolean({
    description:
      'Write findings as reports of OpenReports or PolicyReport, where the cluster has one of them',
    helpGroup: PUBLISH,
  }),
  'push-gateway': Flags.string({
    description: 'Pushgateway that takes the metrics of -o openmetrics',
    helpValue: 'URL',
    helpGroup: PUBLISH,
  }),
});
