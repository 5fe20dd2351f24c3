// One function per promise that every page keeps. Each gives a list of sentences: what is wrong.
// An empty list is a pass.
import { openWindow } from './browser.mjs';

const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 320, height: 640 };
const TAB_STOPS = 12; // how many focus marks are looked at on one page

// A window for each way of looking: with script and without. Pages are opened in it one after another.
// `cookies` are those of somebody who is signed in.
export async function windows(browser, lang, cookies = []) {
  const open = async (javaScriptEnabled) => {
    const page = await openWindow(browser, { locale: lang, javaScriptEnabled, viewport: DESK });
    await page.context().addCookies(cookies);
    page.faults = [];
    page.on('console', (m) => m.type() === 'error' && page.faults.push(`console: ${m.text()}`));
    page.on('pageerror', (e) => page.faults.push(`script: ${e.message}`));
    page.on('requestfailed', (r) => page.faults.push(`not loaded: ${r.url()}`));
    page.on('request', (r) => {
      if (!r.url().startsWith(page.origin) && !r.url().startsWith('data:'))
        page.faults.push(`asks another host: ${r.url()}`);
    });
    return page;
  };
  return { page: await open(true), plain: await open(false) };
}

async function visit(page, url) {
  page.origin = new URL(url).origin;
  page.faults.length = 0;
  const response = await page.goto(url, { waitUntil: 'load' });
  page.requestId = response.headers()['request-id'] ?? '';
}

// Everything that is looked at in a browser: a list of faults by the name of the promise.
// A status that is meant (404) is an error in the console: `expected` takes it out.
// Each change of width or medium lays the page out anew: there is one of each, and one back.
export async function inspect({ page, plain }, url, expected = /(?!)/) {
  await page.setViewportSize(DESK);
  await visit(page, url);
  await visit(plain, url);
  const found = {};
  found.onScreen = await axeFaults(page);
  found.inEnglish = await englishFaults(page);
  found.fromKeyboard = await keyboardFaults(page);
  found.withoutScript = await scriptFaults(page, plain);
  await page.emulateMedia({ media: 'print' });
  found.onPaper = await axeFaults(page); // on paper other colours and other parts show
  await page.emulateMedia({ media: 'screen' });
  found.onPhone = await widthFaults(page);
  found.quiet = page.faults.filter((fault) => !expected.test(fault));
  return found;
}

// What axe-core says of the page as it shows now.
export async function axeFaults(page) {
  const violations = await page.evaluate(async (tags) => {
    if (!globalThis.axe) axeLoad();
    return (await axe.run(document, { runOnly: tags, resultTypes: ['violations'] })).violations;
  }, WCAG_22_AA);
  return violations.map((v) => {
    const why = v.nodes[0].failureSummary.split('\n').at(-1).trim();
    return `${v.id} on ${v.nodes.length}: ${why} | ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 120)).join(' | ')}`;
  });
}

// What can be seen of a page that is open already, as the answer to a form is.
export async function inspectOpen(page) {
  await page.setViewportSize(DESK);
  const found = { onScreen: await axeFaults(page), inEnglish: await englishFaults(page) };
  found.onPhone = await widthFaults(page);
  return found;
}

// Answers with the wanted status, in the wanted language.
export async function answers(url, lang, status = 200, headers = {}) {
  const response = await fetch(url, { headers: { 'accept-language': lang, ...headers }, redirect: 'manual' });
  const body = await response.text();
  const faults = [];
  if (response.status !== status) faults.push(`status ${response.status}`);
  if (!response.headers.get('content-type')?.startsWith('text/html'))
    faults.push(`content type ${response.headers.get('content-type')}`);
  if (!new RegExp(`<html[^>]* lang="${lang}"`).test(body)) faults.push(`the html element is not lang="${lang}"`);
  return { faults, body };
}

// On an English page only what documents say is Japanese, and says so by lang="ja". Sentences of
// findings and of charts (.quotes) quote documents.
async function englishFaults(page) {
  return page.evaluate(() => {
    const faults = [];
    if (document.documentElement.lang !== 'en') return faults;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const e = node.parentElement;
      if (!/[\u3040-\u30ff\u4e00-\u9fff]/.test(node.data) || e.closest('script, .quotes')) continue;
      if (e.closest('[lang]').lang !== 'ja') faults.push(`Japanese on the English page: ${node.data.trim().slice(0, 60)}`);
    }
    return faults;
  });
}

// On a narrow phone, or at 400 % zoom (WCAG 1.4.10): nothing to scroll sideways.
async function widthFaults(page) {
  await page.setViewportSize(PHONE);
  return page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const wide = [...document.querySelectorAll('body *')]
      .filter((e) => e.getBoundingClientRect().right > root.clientWidth + 1)
      .slice(0, 5)
      .map((e) => e.outerHTML.slice(0, 100));
    return [`${root.scrollWidth} px wide`, ...wide];
  });
}

// Without script a reader gets the same words.
async function scriptFaults(page, plain) {
  const words = async (p) => {
    const text = await p.evaluate(() => (document.querySelector('main') ?? document.body).innerText.trim());
    return text.replaceAll(p.requestId, ''); // error pages name it
  };
  const wanted = await words(page);
  const got = await words(plain);
  if (got === '') return ['the main part is empty'];
  return got === wanted ? [] : ['the main part says something else'];
}

// From the keyboard: the first stop is a visible skip link that leads to the main part; every
// stop after it can be seen. The keys are pressed one after another without a word between: the
// page looks at each stop itself, as the next key goes down.
async function keyboardFaults(page) {
  await page.evaluate(watchStops);
  await pressTab(page, TAB_STOPS + 1);
  const { presses, skip, unmarked } = await page.evaluate(() => globalThis.stopsSeen);
  const faults = [];
  if (presses !== TAB_STOPS + 1) faults.push(`the page saw ${presses} of ${TAB_STOPS + 1} keys`);
  if (!skip?.hasTarget) faults.push(`the first stop is no skip link: ${skip?.href || 'not a link'}`);
  else if (!skip.isSeen) faults.push('the skip link has focus and cannot be seen');
  for (const html of unmarked) faults.push(`focus cannot be seen: ${html}`);
  return faults;
}

// Runs in the page. Before the first key nothing has focus; where nothing has it again, the stops end.
function watchStops() {
  const seen = { presses: 0, skip: null, unmarked: [] };
  let isOver = false;

  function lookAtSkip(e) {
    const href = e.getAttribute('href') ?? '';
    const box = e.getBoundingClientRect();
    return {
      href,
      isSeen: box.width > 1 && box.height > 1 && box.bottom > 0 && box.right > 0,
      hasTarget: /^#./.test(href) && !!document.getElementById(href.slice(1)),
    };
  }

  function look() {
    const e = document.activeElement;
    if (seen.presses === 1) seen.skip = lookAtSkip(e);
    isOver ||= !e || e === document.body;
    if (isOver) return;
    const s = getComputedStyle(e);
    const isMarked = (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none';
    if (!isMarked) seen.unmarked.push(e.outerHTML.slice(0, 100));
  }

  globalThis.stopsSeen = seen;
  addEventListener('keydown', () => {
    if (seen.presses > 0) look();
    seen.presses++;
  }, { capture: true });
}

async function pressTab(page, count) {
  const key = { key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 };
  page.keys ??= await page.context().newCDPSession(page);
  const sent = [];
  for (let i = 0; i < count; i++) {
    sent.push(page.keys.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key }));
    sent.push(page.keys.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key }));
  }
  await Promise.all(sent);
}
