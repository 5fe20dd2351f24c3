// Chromium as the tests use it: Debian's own, without a request that no page asked for.
import { chromium } from 'playwright-core';

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox', // CI runs as root, where Chromium refuses its sandbox
      '--disable-gpu',
      '--disable-dev-shm-usage', // a small /dev/shm, as in containers, would crash it
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-quic',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}
