// node pages.mjs DATA: opens every page of the program in both languages; TAP to stdout.
//
// First it follows every link, from the top page on, in Japanese. Then it opens one page of each
// route in the browser: the route's own example, or, where the example names a hash that only
// the data know, the first linked page that the route answers.
import { launch } from './browser.mjs';
import * as checks from './checks.mjs';
import { htmlFaults } from './html.mjs';
import { pageRoutes, start } from './server.mjs';
import { done, report } from './tap.mjs';

const LANGUAGES = ['ja', 'en'];
const MISSING = '/no-such-page';
// Pages that no route's example shows: with hits, without.
const ALSO = [`/search?q=${encodeURIComponent('区民')}`, '/search?q=nowhere'];
const CRAWL_MAX = 3000; // pages; the sample has far fewer

// The promises of checks.inspect, as the report calls them.
const PROMISES = {
  onScreen: 'accessible on screen',
  inEnglish: 'in one language',
  onPaper: 'accessible on paper',
  onPhone: 'fits 320 px',
  withoutScript: 'the same without script',
  fromKeyboard: 'usable from the keyboard',
  quiet: 'no error, nothing asked elsewhere',
};

async function look(tabs, url, lang, status) {
  const { faults, body } = await checks.answers(url, lang, status);
  const found = await checks.inspect(tabs, url, status === 200 ? undefined : /status of 404/);
  return { faults, body, found };
}

// Follows every link from every page it finds. Gives the pages, by path, and what is wrong.
async function crawl(origin) {
  const pages = new Map();
  const faults = [];
  const todo = [{ url: `${origin}/`, from: 'the start' }];
  const seen = new Set(todo.map((link) => link.url));
  for (const link of todo) {
    if (pages.size > CRAWL_MAX) return { pages, faults: [`more than ${CRAWL_MAX} pages`] };
    const response = await fetch(link.url, { headers: { 'accept-language': 'ja' } });
    const body = await response.text();
    if (!response.ok) faults.push(`${response.status} ${link.url} on ${link.from}`);
    const type = response.headers.get('content-type') ?? '';
    if (type.startsWith('application/json') && !isJson(body)) faults.push(`not JSON: ${link.url}`);
    if (!type.startsWith('text/html')) continue;
    pages.set(link.url.slice(origin.length), body);
    for (const [, href] of body.matchAll(/<(?:a|link)\b[^>]*? href="([^"]*)"/g)) {
      const url = new URL(href.replaceAll('&amp;', '&'), link.url);
      url.hash = '';
      // The way back after signing in makes every page another one: one of them is enough.
      if (url.pathname === '/sign-in') url.searchParams.delete('to');
      if (url.origin !== origin || seen.has(url.href)) continue;
      seen.add(url.href);
      todo.push({ url: url.href, from: link.url });
    }
  }
  return { pages, faults };
}

function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

// A path that the route answers and that is there.
function exampleOf(route, pages) {
  if (pages.has(route.example)) return route.example;
  const pattern = new RegExp(`^${route.path.replaceAll(/:\w+/g, '[^/?]+')}$`);
  const names = new Set(pageRoutes().map((other) => other.path));
  return [...pages.keys()].find((path) => pattern.test(path) && !names.has(path)) ?? route.example;
}

const server = await start(process.argv[2]);
const browser = await launch();
const html = new Map();
const { pages, faults: linkFaults } = await crawl(server.origin);
report(`${pages.size} pages: every link leads somewhere`, linkFaults);

const tabs = Object.fromEntries(
  await Promise.all(LANGUAGES.map(async (lang) => [lang, await checks.windows(browser, lang)])),
);

// What needs a sign-in is staff.mjs's.
const open = pageRoutes().filter((route) => route.who === 'public');
const paths = [...open.map((route) => exampleOf(route, pages)), ...ALSO, MISSING];
for (const path of paths) {
  const status = path === MISSING ? 404 : 200;
  const looks = LANGUAGES.map((lang) => look(tabs[lang], server.origin + path, lang, status));
  for (const [i, lang] of LANGUAGES.entries()) {
    const { faults, body, found } = await looks[i];
    html.set(`${lang} ${path}`, body);
    report(`${lang} ${path}: answers`, faults);
    for (const [promise, words] of Object.entries(PROMISES)) report(`${lang} ${path}: ${words}`, found[promise]);
  }
}
await browser.close();

server.stop();

for (const [path, body] of pages) html.set(`linked ${path}`, body);
const faults = htmlFaults(html);
for (const name of html.keys())
  if (!name.startsWith('linked ')) report(`${name}: valid HTML`, faults.get(name));
report(
  `${pages.size} linked pages: valid HTML`,
  [...pages.keys()].flatMap((path) => faults.get(`linked ${path}`).map((fault) => `${path} ${fault}`)),
);
done();
