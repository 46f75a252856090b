import type {AddressInfo, Socket} from 'node:net';
import {connect, createServer} from 'node:net';

/** A TCP relay on loopback whose connections can all be cut at once, as a load balancer or a laptop's lid does. */
export interface CuttingProxy {
  readonly port: number;
  /** Cuts what is connected; new connections are relayed. Answers how many there were. */
  cut(): number;
  stop(): Promise<void>;
}

export async function cuttingProxy(target: {host: string; port: number}): Promise<CuttingProxy> {
  const open = new Set<Socket>();
  const server = createServer(client => {
    const upstream = connect(target);
    open.add(client);
    client.pipe(upstream).pipe(client);
    const end = (): void => {
      open.delete(client);
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) socket.on('error', end).on('close', end);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const cut = (): number => {
    const {size} = open;
    // One whose end is still on its way cannot be reset: Node would wait for it for ever when the process ends.
    for (const socket of open) {
      if (socket.writableEnded) socket.destroy();
      else socket.resetAndDestroy();
    }
    return size;
  };
  return {
    // A server that listens on TCP has this form of address.
    port: (server.address() as AddressInfo).port,
    cut,
    async stop() {
      cut();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
