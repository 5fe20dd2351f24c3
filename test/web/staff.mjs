// node staff.mjs DATA: signs in and opens every page that needs it, in both languages; TAP to
// stdout. DATA, the sample with its year that is being worked on, is written to: accounts.
//
// First the way in and what only an answer to a form shows (errors, a secret, codes), as a person
// at a keyboard would come there; then every link behind the sign-in; then one page of each route
// that is not public.
import { launch, openStill } from './browser.mjs';
import * as checks from './checks.mjs';
import { crawl, linkedPath } from './crawl.mjs';
import { htmlFaults } from './html.mjs';
import { meguri, pageRoutes, start } from './server.mjs';
import { done, report } from './tap.mjs';

const data = process.argv[2];
const LANGUAGES = ['ja', 'en'];
const PASSWORD = 'うみと山と37番の窓';

function prepare() {
  const run = (...args) => meguri([...args, '--data', data]);
  for (const login of ['kanri', 'tanto']) {
    run('user', 'add', login, '--name', login === 'kanri' ? '管理 花子' : '担当 太郎');
    meguri(['user', 'password', login, '--data', data], `${PASSWORD}\n`);
  }
  for (const duty of ['administrator', 'planning', 'listener']) run('user', 'grant', 'kanri', duty, '--org', 'minamo');
  run('user', 'grant', 'tanto', 'editor', '--org', 'minamo-shimin');
}

const html = new Map();
const PROMISES = {
  onScreen: 'accessible on screen',
  inEnglish: 'in one language',
  onPaper: 'accessible on paper',
  onPhone: 'fits 320 px',
  withoutScript: 'the same without script',
  fromKeyboard: 'usable from the keyboard',
  quiet: 'no error, nothing asked elsewhere',
};

function tell(name, found) {
  for (const [promise, faults] of Object.entries(found)) report(`${name}: ${PROMISES[promise]}`, faults);
}

// The page that is open in the window, as a form's answer.
async function tellOpen(page, name, words) {
  const text = await page.evaluate(() => document.querySelector('main').innerText);
  report(`${name}: says ${words}`, text.includes(words) ? [] : [text.slice(0, 300)]);
  html.set(name, await page.content());
  tell(name, await checks.inspectOpen(page));
}

// From the keyboard alone: type, Enter.
async function signIn(page, origin, lang, login, password) {
  await page.goto(`${origin}/sign-in?lang=${lang}`);
  await page.focus('#f-login');
  await page.keyboard.type(login);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

async function press(page, selector) {
  await page.focus(selector);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

// What only the answers to forms show.
async function forms(page, origin, lang, words) {
  await signIn(page, origin, lang, 'kanri', 'not-the-password');
  await tellOpen(page, `${lang} wrong password`, words.wrong);
  await signIn(page, origin, lang, 'kanri', PASSWORD);
  report(`${lang}: signed in from the keyboard`, page.url().includes('/sign-in') ? [page.url()] : []);

  await page.goto(`${origin}/account/password?lang=${lang}`);
  await page.fill('#f-new', 'short');
  await page.fill('#f-again', 'other');
  await page.fill('#f-current', 'wrong');
  await press(page, 'form.form button');
  await tellOpen(page, `${lang} password refused`, words.differ);

  await page.goto(`${origin}/account/factor?lang=${lang}`);
  await press(page, 'main form button');
  await tellOpen(page, `${lang} second factor`, words.scan);
  await page.fill('#f-code', '123');
  await press(page, 'form.form button');
  await tellOpen(page, `${lang} code refused`, words.check);

  await page.goto(`${origin}/account/recovery?lang=${lang}`);
  await press(page, 'main form button');
  await tellOpen(page, `${lang} recovery codes`, words.codes);

  await page.goto(`${origin}/people?q=tanto&lang=${lang}`);
  await press(page, 'tbody a');
  await press(page, 'form[action*="/password"] button');
  await tellOpen(page, `${lang} password for one use`, words.once);
}

// Forms that are sent with nothing in them, as a browser would that knows no `required`.
const FORMS = [
  '/o/minamo/voices/new', '/o/minamo/voices/receipt',
  '/w/minamo/council', '/w/minamo/council/new',
  '/w/minamo/voices/new', '/w/minamo/voices/settings',
  '/w/minamo/surveys/new', '/w/minamo/evidence/new', '/people/new',
];
// Behind the sign-in; an indicator's public page leads there too. One filter of a list is like the
// next: they are asked for, not followed.
const isBehind = (url) => /^\/(w|work|account|people|o\/minamo\/i)(\/|$)/.test(url.pathname) && url.search === '';

// The routes that no link leads to. The password is asked for again by what needs it; codes are
// for who has a second factor.
function unlinked(pages) {
  return routes
    .filter((route) => !['/confirm', '/account/recovery'].includes(route.path) && !linkedPath(route, routes, pages))
    .map((route) => route.path);
}

async function sendEmpty(page, url, name) {
  await page.goto(url);
  const form = page.locator('main form.form').first();
  await form.evaluate((e) => {
    e.noValidate = true;
    for (const field of e.querySelectorAll('input:not([type=hidden], [type=radio], [type=checkbox]), textarea')) field.value = '';
  });
  await Promise.all([page.waitForNavigation(), form.locator('button.main').last().press('Enter')]);
  // Each fault leads to the field that it is about.
  const lost = await page.locator('.errors a').evaluateAll((all) =>
    all.map((a) => a.getAttribute('href')).filter((href) => !document.getElementById(href.slice(1))));
  report(`${name}: refused`, (await page.locator('.errors li').count()) > 0 ? [] : [await page.title()]);
  report(`${name}: faults lead to their fields`, lost);
  html.set(name, await page.content());
  tell(name, await checks.inspectOpen(page));
}

prepare();
const server = await start(data);
const browser = await launch({ isStill: true });
const WORDS = {
  ja: { wrong: 'ログイン名かパスワードが違います', differ: '2 回で違います', scan: 'QR コード', check: '入力を確かめてください', codes: '回復コードです', once: '今だけ' },
  en: { wrong: 'The login or the password is wrong', differ: 'differ', scan: 'Scan this QR code', check: 'Please check what you entered', codes: 'recovery codes', once: 'only now' },
};
const routes = pageRoutes(data).filter((route) => route.who !== 'public' && route.example);

for (const lang of LANGUAGES) {
  const page = await openStill(browser, { locale: lang });
  await forms(page, server.origin, lang, WORDS[lang]);
  for (const path of FORMS) await sendEmpty(page, `${server.origin}${path}?lang=${lang}`, `${lang} ${path} sent empty`);
  const cookies = await page.context().cookies();
  const cookie = cookies.map((c) => `${c.name}=${c.value}`).join('; ');
  if (lang === 'ja') {
    const { pages, faults } = await crawl(server.origin, '/work', { headers: { cookie }, mayFollow: isBehind });
    report(`${pages.size} pages behind the sign-in: every link leads somewhere`, faults);
    report('no page is there without a link to it', unlinked(pages));
    for (const [path, body] of pages) html.set(`linked ${path}`, body);
  }
  const tabs = await checks.windows(browser, lang, cookies);
  for (const route of routes) {
    const path = route.example.replace('/minamo/2024', '/minamo/2025');
    const url = server.origin + path;
    const { faults, body } = await checks.answers(url, lang, 200, { cookie });
    report(`${lang} ${path}: answers`, faults);
    html.set(`${lang} ${path}`, body);
    tell(`${lang} ${path}`, await checks.inspect(tabs, url));
  }
}
await browser.close();
server.stop();

const faults = htmlFaults(html);
for (const name of html.keys()) report(`${name}: valid HTML`, faults.get(name));
done();
