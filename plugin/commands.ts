import AgentInstall from './commands/agent/install.ts';
import Doctor from './commands/doctor.ts';
import Explain from './commands/explain.ts';
import Lint from './commands/lint.ts';
import Logs from './commands/logs.ts';
import Version from './commands/version.ts';

export {Help} from './help.ts';

/** Every command, by the words that call it. */
export const commands = {
  'agent:install': AgentInstall,
  doctor: Doctor,
  explain: Explain,
  lint: Lint,
  logs: Logs,
  version: Version,
};
