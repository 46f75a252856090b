/**
 * Builds the agent's image for every platform as an OCI layout, or with `--program plugin` the plugin's for Linux: `node
 * scripts/build-image.ts FOLDER [--program agent|plugin] [--name registry/name] [--tag v1]`. Copy it anywhere with `skopeo copy --all oci:FOLDER docker://…`; prints sizes and the digest to install by.
 */
import {existsSync, readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {AGENT_IMAGE, PLUGIN_IMAGE} from '../src/protocol/names.ts';
import {buildImage} from './image/build.ts';

/** Where `SOURCE_DATE_EPOCH` says nothing: a time that is the same for everybody. */
const EPOCH_SECONDS = Date.UTC(2026, 0, 1) / 1000;

// Ours.
const {version} = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package.json'), 'utf8')) as {
  version: string;
};
const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    program: {type: 'string', default: 'agent'},
    name: {type: 'string'},
    tag: {type: 'string', default: `v${version}`},
  },
});
const {program, tag} = values;
if (program !== 'agent' && program !== 'plugin') {
  console.error('build-image: --program is agent or plugin');
  process.exit(2);
}
const name = values.name ?? {agent: AGENT_IMAGE, plugin: PLUGIN_IMAGE}[program];
const [folder] = positionals;
if (folder === undefined || (existsSync(folder) && readdirSync(folder).length > 0)) {
  console.error('build-image: name an empty or absent folder to write the image to');
  process.exit(2);
}
const {digest, sizes} = await buildImage({
  program,
  name,
  tag,
  folder,
  time: new Date(Number(process.env['SOURCE_DATE_EPOCH'] ?? EPOCH_SECONDS) * 1000),
  say: line => console.error(`build-image: ${line}`),
});
for (const [platform, size] of sizes) console.log(`${platform}\t${(size / 1e6).toFixed(1)} MB`);
console.log(`${name}:${tag}@${digest}`);
