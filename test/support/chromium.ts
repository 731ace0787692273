import { chromium, type Browser } from 'playwright-core';
import { findOnPath } from '../../server/services/find-on-path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Path of the machine's browser: CHROMIUM_PATH, or what its PATH has. Throws with the way out. */
export function findChromium(): string {
  const configured = process.env['CHROMIUM_PATH'];
  if (configured) return configured;
  for (const name of NAMES) {
    const found = findOnPath(name);
    if (found) return found;
  }
  throw new Error('No Chromium: install it (apt-get install chromium) or set CHROMIUM_PATH.');
}

/** A headless browser; the caller closes it. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    // Tests may run as root and in containers without a GPU or a large /dev/shm.
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  });
}
