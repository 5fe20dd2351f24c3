// node pages.mjs DATA: opens every page of the program in both languages; TAP to stdout.
import { launch } from './browser.mjs';
import * as checks from './checks.mjs';
import { htmlFaults } from './html.mjs';
import { routes, start } from './server.mjs';
import { done, report } from './tap.mjs';

const LANGUAGES = ['ja', 'en'];
const MISSING = '/no-such-page';
const CRAWL_MAX = 3000; // pages; the sample has far fewer

// The promises of checks.inspect, as the report calls them.
const PROMISES = {
  onScreen: 'accessible on screen',
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

// Follows every link from every page it finds. Gives the pages and the links that lead nowhere.
async function crawl(origin, paths) {
  const pages = new Map();
  const dead = [];
  const todo = paths.map((path) => ({ url: new URL(path, origin).href, from: 'routes' }));
  const seen = new Set(todo.map((link) => link.url));
  for (const link of todo) {
    if (pages.size > CRAWL_MAX) return { pages, dead: [`more than ${CRAWL_MAX} pages`] };
    const response = await fetch(link.url, { headers: { 'accept-language': 'ja' } });
    const body = await response.text();
    if (!response.ok) dead.push(`${response.status} ${link.url} on ${link.from}`);
    if (!response.headers.get('content-type')?.startsWith('text/html')) continue;
    pages.set(link.url.slice(origin.length), body);
    for (const [, href] of body.matchAll(/<(?:a|link)\b[^>]*? href="([^"]*)"/g)) {
      const url = new URL(href.replaceAll('&amp;', '&'), link.url);
      url.hash = '';
      if (url.origin !== origin || seen.has(url.href)) continue;
      seen.add(url.href);
      todo.push({ url: url.href, from: link.url });
    }
  }
  return { pages, dead };
}

const server = await start(process.argv[2]);
const browser = await launch();
const html = new Map();
const isPage = (route) => !/\.\w+$/.test(route.example);
const examples = routes().filter(isPage).map((route) => route.example);

const tabs = Object.fromEntries(
  await Promise.all(LANGUAGES.map(async (lang) => [lang, await checks.windows(browser, lang)])),
);

for (const path of [...examples, MISSING]) {
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

const { pages, dead } = await crawl(server.origin, examples);
report('no link leads nowhere', dead);
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
