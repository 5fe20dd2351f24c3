// node pages.mjs DATA: opens every page of the program in both languages; TAP to stdout.
//
// First it follows every link, from the top page on, in Japanese. Then it opens one page of each
// route in the browser: the route's own example, or, where the example names a hash that only
// the data know, the first linked page that the route answers.
import { launch } from './browser.mjs';
import * as checks from './checks.mjs';
import { crawl, linkedPath } from './crawl.mjs';
import { htmlFaults } from './html.mjs';
import { pageRoutes, start } from './server.mjs';
import { done, report } from './tap.mjs';

const LANGUAGES = ['ja', 'en'];
const MISSING = '/no-such-page';
// Pages that no route's example shows: with hits, without.
const ALSO = [`/search?q=${encodeURIComponent('区民')}`, '/search?q=nowhere'];

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

const server = await start(process.argv[2]);
const browser = await launch({ isStill: true });
const html = new Map();
const { pages, faults: linkFaults } = await crawl(server.origin, '/');
report(`${pages.size} pages: every link leads somewhere`, linkFaults);

const tabs = Object.fromEntries(
  await Promise.all(LANGUAGES.map(async (lang) => [lang, await checks.windows(browser, lang)])),
);

// What needs a sign-in is staff.mjs's.
const routes = pageRoutes();
const open = routes.filter((route) => route.who === 'public');
const paths = [...open.map((route) => linkedPath(route, routes, pages) ?? route.example), ...ALSO, MISSING];
for (const path of paths) {
  const status = path === MISSING ? 404 : 200;
  for (const lang of LANGUAGES) {
    const { faults, body, found } = await look(tabs[lang], server.origin + path, lang, status);
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
