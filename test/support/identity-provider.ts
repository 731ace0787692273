/** A real identity provider in a process of its own, and a browser's part of going there. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { ProviderSettings } from '../../api/context';

export interface IdentityProvider {
  settings: ProviderSettings;
  stop(): Promise<void>;
}

export const TWO_FACTORS = 'urn:city:two-factors';

/** For the site that is reached at `publicUrl`. Its people are whoever gives a name there. */
export async function startIdentityProvider(publicUrl: string): Promise<IdentityProvider> {
  const program = path.join(__dirname, 'identity-provider-process.mjs');
  const running = spawn(process.execPath, [program, `${publicUrl}/login/provider`, `${publicUrl}/login`], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const [line] = (await once(running.stdout, 'data')) as [Buffer];
  return {
    settings: {
      issuer: line.toString().trim(),
      clientId: 'onevisit',
      clientSecret: 'onevisit-secret',
      label: '云溪统一身份认证',
      usernameClaim: null,
      twoFactors: [TWO_FACTORS],
    },
    stop: async () => {
      running.stdin.end();
      await once(running, 'exit');
    },
  };
}

/** Somebody's browser at the provider, with its cookies there. */
export class BrowserThere {
  private readonly cookies = new Map<string, string>();

  /** Signs in as whoever is named where the provider asks; gives the address with the answer, at which the site would be. */
  async answer(url: string, login: string, withTwo = false): Promise<URL> {
    const origin = new URL(url).origin;
    for (let at = url, response = await this.send(at); ; response = await this.send(at)) {
      let next = response.headers.get('location');
      if (next === null) {
        const body = new URLSearchParams({ login, ...(withTwo ? { two: 'on' } : {}) });
        next = (await this.send(at, { method: 'POST', body })).headers.get('location') ?? '';
      }
      const address = new URL(next, at);
      if (address.origin !== origin) return address;
      at = address.href;
    }
  }

  private async send(url: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { cookie } });
    if (response.status >= 400) throw new Error(`the provider: ${response.status} ${await response.text()}`);
    for (const set of response.headers.getSetCookie()) {
      const [name = '', ...value] = (set.split(';')[0] ?? '').split('=');
      this.cookies.set(name, value.join('='));
    }
    return response;
  }
}
