/** Tests on real control planes: `npx ava --config test/lab/ava.config.js`. One at a time, for they are heavy. */
export default {
  extensions: ['ts'],
  files: ['test/lab/**/*.test.ts'],
  workerThreads: false,
  nodeArguments: ['--import=./test/helpers/seed.ts'],
  concurrency: 1,
  serial: true,
  timeout: '10m',
};
