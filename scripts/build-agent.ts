/**
 * Builds the agent for every platform, or for those named: `node scripts/build-agent.ts [windows/amd64 ...]`. Prints platform,
 * size and path of each; what is built already is only found.
 */
import {statSync} from 'node:fs';
import {buildProgram} from './programs/program.ts';
import {AGENT_TARGETS, isAgentPlatform} from './programs/targets.ts';

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(AGENT_TARGETS);
const unknown = names.filter(name => !isAgentPlatform(name));
if (unknown.length > 0) {
  console.error(
    `build-agent: no such platform: ${unknown.join(', ')} (known: ${Object.keys(AGENT_TARGETS).join(', ')})`,
  );
  process.exit(2);
}

for (const platform of names.filter(isAgentPlatform)) {
  const {path} = await buildProgram({platform, say: line => console.error(`build-agent: ${line}`)});
  console.log(`${platform}\t${(statSync(path).size / 1e6).toFixed(1)} MB\t${path}`);
}
