/** Requests to an address of somebody else's that can't be led into our own network. */
import { lookup as resolveName } from 'node:dns';
import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';

export interface GuardedRequest {
  url: URL;
  headers: Record<string, string>;
  body: Buffer;
  timeoutMs: number;
  /** Of what is no public address, where requests may go all the same: `10.20.0.0/16`. */
  allowed: readonly string[];
}

/**
 * Posts, and gives the status; a redirect is an answer and is not followed. The address is judged when the connection is
 * made, and is the one it is made to: a name that means something else a moment later changes nothing.
 */
export function postGuarded(wish: GuardedRequest): Promise<{ status: number; text: string }> {
  const { url, headers, body, timeoutMs, allowed } = wish;
  const mayReach = reachableBy(allowed);
  // Nobody looks up the name of what is an address already.
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) > 0 && !mayReach(literal)) return Promise.reject(new ForbiddenAddress(literal));
  const send = url.protocol === 'https:' ? requestSecure : requestPlain;
  return new Promise((resolve, reject) => {
    const request = send(
      url,
      {
        method: 'POST',
        headers: { ...headers, 'content-length': body.length },
        lookup: guardedLookup(mayReach),
        signal: AbortSignal.timeout(timeoutMs),
        // A connection that is kept would have been judged at another time.
        agent: false,
      },
      (response) => {
        const { statusCode: status = 0, statusMessage: text = '' } = response;
        // What it says beyond that is never read.
        response.destroy();
        resolve({ status, text });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

/** What a name stands for is none of the addresses that requests may go to. */
export class ForbiddenAddress extends Error {
  constructor(address: string) {
    super(`${address} 是内部地址，没有发送（见 WEBHOOK_NETWORKS）`);
  }
}

function guardedLookup(mayReach: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolveName(hostname, { ...options, all: true }, (error, found) => {
      // Where it failed there are no addresses, whatever the types say.
      if (error) {
        callback(error, '');
        return;
      }
      const [first] = found;
      const forbidden = found.find(({ address }) => !mayReach(address));
      if (!first) callback(new Error(`${hostname} has no address`), '');
      else if (forbidden) callback(new ForbiddenAddress(forbidden.address), '');
      else if (options.all === true) callback(null, found);
      else callback(null, first.address, first.family);
    });
  };
}

/** Special-purpose addresses (IANA; RFC 6890): this machine, private and shared networks, metadata of clouds, multicast. */
const INTERNAL = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24'],
  ...['203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  ...['::/96', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/23', '2001:db8::/32', '2002::/16'],
  ...['fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
];

/** Whether a request may go to an address. */
export function reachableBy(allowed: readonly string[]): (address: string) => boolean {
  const internal = networks(INTERNAL);
  const exceptions = networks(allowed);
  return (written) => {
    // An IPv4 address in IPv6's clothes is judged as what it is.
    const address = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(written)?.[1] ?? written;
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    return exceptions.check(address, family) || !(internal.check(address, family) || isMapped(address));
  };
}

/** In hexadecimal, as URLs have it. */
const isMapped = (address: string): boolean => /^::ffff:/i.test(address);

function networks(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits = ''] = range.split('/');
    list.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}
