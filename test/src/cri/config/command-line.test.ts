import test from 'ava';
import {containerdFlags} from '../../../../src/cri/config/command-line.ts';

test('the configuration and the log are found however the flags are written', t => {
  const program = '"C:\\Program Files\\containerd\\containerd.exe"';
  const flags = {config: 'C:\\a b\\config.toml', logFile: 'C:\\log.txt'};
  t.deepEqual(
    containerdFlags(`${program} --run-service --config "C:\\a b\\config.toml" --log-file C:\\log.txt`),
    flags,
  );
  t.deepEqual(containerdFlags(`${program} --config="C:\\a b\\config.toml" --log-file=C:\\log.txt`), flags);
  t.deepEqual(containerdFlags(`${program} -c "C:\\a b\\config.toml" "--log-file=C:\\log.txt"`), flags);
  t.deepEqual(containerdFlags('/usr/bin/containerd'), {config: undefined, logFile: undefined});
  t.deepEqual(containerdFlags('C:\\k\\nssm.exe'), {config: undefined, logFile: undefined});
});
