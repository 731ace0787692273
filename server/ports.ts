import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import net from 'node:net';
import { commandLineOf } from './process-info';
import { StartError } from './start-error';

/** Throws a StartError that names the port, what it is for, who holds it and the way out. */
export async function assertPortFree(
  port: number,
  host: string,
  part: { chinese: string; english: string },
): Promise<void> {
  const code = await tryToListen(port, host);
  if (code === null) return;
  const wayOut = '请先停止它，或在 .env 中把 ONEVISIT_PORT 设为别的起始端口（如 8200）后重试。';
  if (code === 'EADDRINUSE') {
    const holder = holderOf(port);
    throw new StartError(
      `端口 ${String(port)}（${part.chinese}）已被占用${holder ? `：${holder}` : ''}。${wayOut}`,
      `Port ${String(port)} (${part.english}) is in use${holder ? ` by ${holder}` : ''}. ` +
        'Stop that program, or set ONEVISIT_PORT to another base port (such as 8200).',
    );
  }
  throw new StartError(
    `不能监听 ${host}:${String(port)}（${part.chinese}）：${code}。请检查 ONEVISIT_BIND 与 ONEVISIT_PORT。`,
    `Cannot listen on ${host}:${String(port)} (${part.english}): ${code}. Check ONEVISIT_BIND and ONEVISIT_PORT.`,
  );
}

function tryToListen(port: number, host: string): Promise<string | null> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code ?? error.message);
    });
    server.listen({ port, host, exclusive: true }, () => {
      server.close(() => {
        resolve(null);
      });
    });
  });
}

/** Process id and command of who listens on a port, as far as this system and our rights let us see. */
function holderOf(port: number): string | null {
  if (process.platform !== 'linux') return null;
  try {
    const inodes = listeningInodes(port);
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      if (opensOneOf(pid, inodes)) {
        // Where the program lies matters less than what it runs.
        const command = (commandLineOf(Number(pid)) ?? '').replace(/^\S*\//, '');
        return `${command.length > 100 ? `${command.slice(0, 100)}…` : command} (pid ${pid})`;
      }
    }
  } catch {
    // Knowing the holder is a courtesy: the port is busy all the same.
  }
  return null;
}

function listeningInodes(port: number): Set<string> {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of readFileSync(table, 'utf8').split('\n').slice(1)) {
      const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
      if (state === '0A' && local?.endsWith(`:${hexPort}`) && inode) inodes.add(`socket:[${inode}]`);
    }
  }
  return inodes;
}

function opensOneOf(pid: string, inodes: Set<string>): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => {
      try {
        return inodes.has(readlinkSync(`/proc/${pid}/fd/${fd}`));
      } catch {
        return false;
      }
    });
  } catch {
    return false;
  }
}
