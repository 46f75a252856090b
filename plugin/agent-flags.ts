import {Flags} from '@oclif/core';
import {listFlag, withEnv} from './flags.ts';

const WHERE = 'WHERE';
const WHAT = 'WHAT';
const RIGHTS = 'RIGHTS';

/** What an installation is made of. */
export const installFlags = withEnv({
  node: listFlag({description: 'Only on these nodes', helpGroup: WHERE}),
  'node-selector': Flags.string({
    description: 'Only on nodes with these labels, such as pool=win',
    helpGroup: WHERE,
  }),
  linux: Flags.boolean({description: 'On Linux nodes, too', helpGroup: WHERE}),
  toleration: listFlag({
    description: 'Taint to tolerate, such as os=windows:NoSchedule; all of them where none is given',
    helpGroup: WHERE,
  }),
  image: Flags.string({description: 'Image of the agent, best by digest', helpGroup: WHAT}),
  'image-pull-secret': listFlag({
    description: 'Secret in the namespace kubectl-win with credentials of the registry',
    helpGroup: WHAT,
  }),
  'max-unavailable': Flags.string({
    description: 'Agents that an update may stop at a time: a number or a share',
    default: '10%',
    helpGroup: WHAT,
  }),
  'allow-target': listFlag({
    description: 'Network or host:port that probes may reach beside the cluster’s own',
    helpGroup: WHAT,
  }),
  ttl: Flags.string({
    description: 'Remove everything after this time, such as 1h',
    helpGroup: WHAT,
  }),
  'bind-user': listFlag({description: 'User to let reach agents', helpGroup: RIGHTS}),
  'bind-group': listFlag({description: 'Group to let reach agents', helpGroup: RIGHTS}),
  'bind-exec-user': listFlag({
    description: 'User to let exec into agents, which is SYSTEM or root on every node',
    helpGroup: RIGHTS,
  }),
  'bind-exec-group': listFlag({description: 'The same for a group', helpGroup: RIGHTS}),
});

/** How a change of the cluster goes. */
export const changeFlags = withEnv({
  yes: Flags.boolean({char: 'y', description: 'Do not ask'}),
  wait: Flags.boolean({description: 'Wait until it is done', default: true, allowNo: true}),
  timeout: Flags.string({description: 'How long to wait', default: '5m'}),
});

/** Whether what HNS may still mend by itself is looked at twice. */
export const confirmFlag = withEnv({
  confirm: Flags.string({
    description: 'Look again after this time, 60s or more, at what HNS may still mend by itself; 0: not',
    default: '0',
    helpValue: '0|60s',
  }),
});

/** Whether exec may be used. */
export const execFlag = withEnv({
  'allow-exec': Flags.boolean({
    description: 'Where port-forward fails, run `connect` in the agent by exec',
  }),
});
