// One function per promise that every page keeps. Each gives a list of sentences: what is wrong.
// An empty list is a pass.
import { openStill } from './browser.mjs';

const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 320, height: 640 };
const TAB_STOPS = 12; // how many focus marks are looked at on one page

// A window for each way of looking: with script and without. Pages are opened in it one after another.
// `cookies` are those of somebody who is signed in; the browser is one that is still.
export async function windows(browser, lang, cookies = []) {
  const open = async (javaScriptEnabled) => {
    const page = await openStill(browser, { locale: lang, javaScriptEnabled, viewport: DESK });
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

// Gives what the server sent.
async function visit(page, url) {
  page.origin = new URL(url).origin;
  page.faults.length = 0;
  const response = await page.goto(url, { waitUntil: 'load' });
  page.requestId = response.headers()['request-id'] ?? '';
  return response.text();
}

// Everything that is looked at in a browser: a list of faults by the name of the promise.
// A status that is meant (404) is an error in the console: `expected` takes it out.
// Each change of width or medium lays the page out anew: there is one of each, and one back.
export async function inspect({ page, plain }, url, expected = /(?!)/) {
  await page.setViewportSize(DESK);
  const sent = await visit(page, url);
  const found = {};
  found.onScreen = await axeFaults(page);
  found.inEnglish = await englishFaults(page);
  found.withoutScript = (await page.evaluate(isAsSent, sent)) ? emptyFaults(await words(page)) : await scriptFaults(page, plain, url);
  found.fromKeyboard = await keyboardFaults(page);
  await page.emulateMedia({ media: 'print' });
  found.onPaper = await paperFaults(page); // on paper other colours and other parts show
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

// On paper a page is often to axe-core what another was, as in the other language: one of them is
// looked at, and its faults are those of each.
const papers = new Map(); // what is seen: the faults

async function paperFaults(page) {
  const seen = await page.evaluate(paperLook);
  if (!papers.has(seen)) papers.set(seen, axeFaults(page));
  return papers.get(seen);
}

// Runs in the page. What axe-core goes by, of all that shows: the elements with their attributes,
// where there is text, its colours and sizes. Of what is said in words only whether it is said.
function paperLook() {
  const WORDS = new Set(['action', 'alt', 'aria-label', 'content', 'datetime', 'href', 'hreflang', 'lang', 'placeholder', 'title', 'value']);
  const STYLE = ['backgroundColor', 'backgroundImage', 'color', 'fontSize', 'fontWeight', 'opacity', 'position', 'textShadow', 'visibility'];
  const seen = [];

  function look(e) {
    if (!e.checkVisibility()) return;
    const style = getComputedStyle(e);
    seen.push(e.localName, ...STYLE.map((name) => style[name]));
    for (const { name, value } of e.attributes) seen.push(name, WORDS.has(name) ? value.trim() !== '' : value);
    for (const child of e.childNodes) {
      if (child.nodeType === Node.ELEMENT_NODE) look(child);
      else if (child.nodeType === Node.TEXT_NODE && child.data.trim() !== '') seen.push('text');
    }
    seen.push('end');
  }

  look(document.documentElement);
  return seen.join('\n');
}

// Runs in the page. Has no script touched what the main part says or what could hide it? Whatever
// differs from what was sent, differs without script, or may; <noscript> does so by itself.
function isAsSent(sent) {
  const inert = new DOMParser().parseFromString(sent, 'text/html');
  const isSame = (select) => document.querySelector(select)?.outerHTML === inert.querySelector(select)?.outerHTML;
  const start = (d) => [d.documentElement, d.body].map((e) => e.cloneNode(false).outerHTML).join('');
  return isSame('head') && isSame('main') && start(document) === start(inert)
    && !inert.querySelector('noscript, main script') && document.adoptedStyleSheets.length === 0;
}

// What the main part says. Error pages name their request, which differs.
async function words(page) {
  const text = await page.evaluate(() => (document.querySelector('main') ?? document.body).innerText.trim());
  return text.replaceAll(page.requestId, '');
}

const emptyFaults = (text) => (text === '' ? ['the main part is empty'] : []);

// Without script a reader gets the same words.
async function scriptFaults(page, plain, url) {
  await visit(plain, url);
  const wanted = await words(page);
  const got = await words(plain);
  if (got !== '' && got !== wanted) return ['the main part says something else'];
  return emptyFaults(got);
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
