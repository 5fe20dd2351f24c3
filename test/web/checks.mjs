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
  found.onPaper = await axeFaults(page); // on paper other colours and other parts show
  await page.emulateMedia({ media: 'screen' });
  found.onPhone = await widthFaults(page);
  found.quiet = page.faults.filter((fault) => !expected.test(fault));
  return found;
}

// What axe-core says of the page as it shows now. A part that is to axe-core what another was that it
// found nothing in (a row like the row above, the same section in the other language) is left out.
const clean = new Set(); // looks

export async function axeFaults(page) {
  const looks = await page.evaluate(lookAtParts);
  const violations = await page.evaluate(axeRun, { tags: WCAG_22_AA, known: looks.map((look) => clean.has(look)) });
  if (violations.length === 0) for (const look of looks) clean.add(look);
  return violations.map((v) => {
    const why = v.nodes[0].failureSummary.split('\n').at(-1).trim();
    return `${v.id} on ${v.nodes.length}: ${why} | ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 120)).join(' | ')}`;
  });
}

// Runs in the page, after lookAtParts.
async function axeRun({ tags, known }) {
  if (!globalThis.axe) axeLoad();
  const parts = globalThis.partsSeen;
  const isLeft = parts.map(({ first }, i) => known[i] || first !== i);
  const exclude = parts.filter(({ above }, i) => isLeft[i] && !isLeft[above]).map(({ e }) => e);
  return (await axe.run({ include: [document], exclude }, { runOnly: tags, resultTypes: ['violations'] })).violations;
}

// Runs in the page. The parts that stand for themselves, each with what axe-core goes by: of all that
// shows the elements with their attributes, where there is text, its colours and sizes, and on what it
// stands. Of what is said in words only whether it is said. Gives a number for each, alike for alike.
function lookAtParts() {
  const PART = 'body > *, main > *, main > * > *, tr, li';
  const WORDS = new Set(['action', 'alt', 'aria-label', 'content', 'datetime', 'href', 'hreflang', 'lang', 'placeholder', 'title', 'value']);
  const STYLE = ['backgroundColor', 'backgroundImage', 'color', 'display', 'fontSize', 'fontWeight', 'opacity', 'position', 'textDecorationLine', 'textShadow', 'visibility'];
  const parts = [];
  const firsts = new Map(); // look: the first part with it

  const mixed = (h, text) => { // FNV-1a, in two halves
    let [a, b] = h;
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i);
      a = Math.imul(a ^ c, 0x01000193);
      b = Math.imul(b ^ c, 0x85ebca6b) + a | 0;
    }
    return [a, b];
  };

  function shellOf(e, style) {
    const said = [e.localName, ...STYLE.map((name) => style[name])];
    for (const { name, value } of e.attributes) said.push(name, WORDS.has(name) ? value.trim() !== '' : value);
    // What stands elsewhere and gives this its name, or is meant to.
    for (const label of e.labels ?? []) said.push('label', label.textContent.trim() !== '');
    for (const name of ['aria-labelledby', 'aria-describedby', 'aria-controls'])
      for (const id of e.getAttribute(name)?.split(/\s+/) ?? []) said.push(!!document.getElementById(id)?.textContent.trim());
    return said.join('\n');
  }

  // `around`: the shells above; `above`: the number of the part that this stands in.
  function look(e, around, above) {
    const style = getComputedStyle(e);
    if (style.display === 'none' || !e.checkVisibility()) return [0, 0];
    const shell = mixed(around, shellOf(e, style));
    const isPart = e.matches(PART);
    const number = isPart ? parts.push({ e, above }) - 1 : above;
    let own = shell;
    for (const child of e.childNodes) {
      if (child.nodeType === Node.ELEMENT_NODE) own = mixed(own, String(look(child, shell, number)));
      else if (child.nodeType === Node.TEXT_NODE && child.data.trim() !== '') own = mixed(own, 'text');
    }
    if (!isPart) return own;
    const name = String(own);
    if (!firsts.has(name)) firsts.set(name, number);
    Object.assign(parts[number], { name, first: firsts.get(name) });
    return own;
  }

  look(document.documentElement, [0x811c9dc5, 0x1b873593], -1);
  globalThis.partsSeen = parts;
  return parts.map(({ name }) => name);
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
