import type {Command} from '@oclif/core';
import AgentInstall from './commands/agent/install.ts';
import AgentManifest from './commands/agent/manifest.ts';
import AgentStatus from './commands/agent/status.ts';
import AgentUninstall from './commands/agent/uninstall.ts';
import AgentUpgrade from './commands/agent/upgrade.ts';
import Bundle from './commands/bundle/index.ts';
import BundleDiff from './commands/bundle/diff.ts';
import BundleInspect from './commands/bundle/inspect.ts';
import BundleRedact from './commands/bundle/redact.ts';
import BundleServe from './commands/bundle/serve.ts';
import BundleVerify from './commands/bundle/verify.ts';
import Completion from './commands/completion/index.ts';
import CompletionInstall from './commands/completion/install.ts';
import CompletionUninstall from './commands/completion/uninstall.ts';
import Doctor from './commands/doctor/index.ts';
import DoctorSchedule from './commands/doctor/schedule.ts';
import Explain from './commands/explain.ts';
import HnsCheck from './commands/hns/check.ts';
import HnsDiff from './commands/hns/diff.ts';
import HnsEndpoints from './commands/hns/endpoints.ts';
import HnsGraph from './commands/hns/graph.ts';
import HnsLoadBalancers from './commands/hns/loadbalancers.ts';
import HnsNamespaces from './commands/hns/namespaces.ts';
import HnsNetworks from './commands/hns/networks.ts';
import Images from './commands/images.ts';
import Lint from './commands/lint.ts';
import Logs from './commands/logs.ts';
import NetCheck from './commands/net/check.ts';
import NetMatrix from './commands/net/matrix.ts';
import NetPlan from './commands/net/plan.ts';
import NetSchedule from './commands/net/schedule.ts';
import Nodes from './commands/nodes.ts';
import Runtime from './commands/runtime.ts';
import Version from './commands/version.ts';

export {Help} from './help.ts';

/** Every command, by the words that call it. */
export const commands = {
  'agent:install': AgentInstall,
  'agent:manifest': AgentManifest,
  'agent:status': AgentStatus,
  'agent:uninstall': AgentUninstall,
  'agent:upgrade': AgentUpgrade,
  bundle: Bundle,
  'bundle:diff': BundleDiff,
  'bundle:inspect': BundleInspect,
  'bundle:redact': BundleRedact,
  'bundle:serve': BundleServe,
  'bundle:verify': BundleVerify,
  completion: Completion,
  'completion:install': CompletionInstall,
  'completion:uninstall': CompletionUninstall,
  doctor: Doctor,
  'doctor:schedule': DoctorSchedule,
  explain: Explain,
  'hns:check': HnsCheck,
  'hns:diff': HnsDiff,
  'hns:endpoints': HnsEndpoints,
  'hns:graph': HnsGraph,
  'hns:loadbalancers': HnsLoadBalancers,
  'hns:namespaces': HnsNamespaces,
  'hns:networks': HnsNetworks,
  images: Images,
  lint: Lint,
  logs: Logs,
  'net:check': NetCheck,
  'net:matrix': NetMatrix,
  'net:plan': NetPlan,
  'net:schedule': NetSchedule,
  nodes: Nodes,
  runtime: Runtime,
  version: Version,
};

/** What the command framework is told of, which spends a millisecond on each: those of `commands` that a command line can mean. */
export const offered: Record<string, Command.Class> = {};
