// Chromium as the tests use it: Debian's own headless shell, without a request that no page asked
// for. It draws, lays out and runs script as the whole browser does, and has no windows, bars,
// extensions and services of one: it takes two thirds of the processor's time.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

// Each page begins with nothing compiled, and the checkers run in it once or twice: the compilers for
// code that runs long would take a quarter of the processor's time and give nothing back. So would
// emptying the small young heap again and again. And the other processors have tests to run.
const SCRIPT = ['--single-threaded', '--no-maglev', '--no-turbofan', '--min-semi-space-size=16'];

// `isStill`: lays pages out and never draws them. A frame would be drawn when asked for, and nobody
// asks. What is read from a page (boxes, colours, words, focus) is there without; drawing it took a
// quarter of the processor's time. Nothing can be clicked then, since a click waits for a frame.
export function launch({ isStill = false } = {}) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium-headless-shell',
    args: [
      '--no-sandbox', // CI runs as root, where Chromium refuses its sandbox
      '--disable-gpu',
      '--disable-dev-shm-usage', // a small /dev/shm, as in containers, would crash it
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-quic',
      '--disable-sync',
      '--no-first-run',
      ...(isStill ? ['--enable-begin-frame-control'] : []),
      `--js-flags=${SCRIPT.join(' ')}`,
    ],
  });
}

// The checker waits in every page as a function. Given to each page anew, it would be read and
// compiled for each page anew, which takes as long as a third of its work.
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WAITING = `globalThis.axeLoad = () => {\n${axe}\n};`;

// A window of its own, in which nobody is signed in. Pages scroll smoothly for who likes it: on a busy
// machine a click came while its button was on the way, and was lost.
export async function openWindow(browser, options) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  await context.addInitScript(WAITING);
  return context.newPage();
}

// The same in a browser that is still.
export async function openStill(browser, options) {
  const seed = await openWindow(browser, options); // tells Chromium which context is meant
  const context = seed.context();
  const session = await context.newCDPSession(seed);
  const { targetInfo } = await session.send('Target.getTargetInfo');
  const [page] = await Promise.all([
    context.waitForEvent('page'),
    session.send('Target.createTarget', {
      url: 'about:blank', browserContextId: targetInfo.browserContextId, enableBeginFrameControl: true,
    }),
  ]);
  await seed.close();
  return page;
}
