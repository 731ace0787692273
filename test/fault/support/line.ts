/** A TCP line between the system and one of its servers, which can be cut. */
import net, { type AddressInfo, type Socket } from 'node:net';

export interface Line {
  port: number;
  /** All connections break, and for that long none comes about. */
  cut: (ms: number) => Promise<void>;
  stop: () => Promise<void>;
}

/** How what one side says reaches the other. */
type Join = (client: Socket, server: Socket) => void;

const straight: Join = (client, server) => {
  client.pipe(server).pipe(client);
};

export async function layLine(targetPort: number, join: Join = straight): Promise<Line> {
  const open = new Set<Socket>();
  let isCut = false;
  const breakAll = () => {
    for (const socket of open) socket.resetAndDestroy();
  };
  const listener = net.createServer((client) => {
    if (isCut) {
      client.resetAndDestroy();
      return;
    }
    const server = net.connect(targetPort, '127.0.0.1');
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      open.add(one);
      one
        .on('error', () => other.destroy())
        .on('close', () => {
          open.delete(one);
          other.destroySoon();
        });
    }
    join(client, server);
  });
  await new Promise<void>((resolve) => {
    listener.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (listener.address() as AddressInfo).port,
    cut: async (ms) => {
      isCut = true;
      breakAll();
      await new Promise((resolve) => setTimeout(resolve, ms));
      isCut = false;
    },
    stop: () =>
      new Promise((resolve) => {
        listener.close(() => {
          resolve();
        });
        breakAll();
      }),
  };
}
