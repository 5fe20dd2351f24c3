// node staff.mjs DATA: signs in and opens every page that needs it, in both languages; TAP to
// stdout. DATA, the sample with its year that is being worked on, is written to: accounts.
//
// First the way in and what only an answer to a form shows (errors, a secret, codes), as a person
// at a keyboard would come there; then one page of each route that is not public.
import { launch } from './browser.mjs';
import * as checks from './checks.mjs';
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
  for (const duty of ['administrator', 'planning']) run('user', 'grant', 'kanri', duty, '--org', 'minamo');
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

prepare();
const server = await start(data);
const browser = await launch();
const WORDS = {
  ja: { wrong: 'ログイン名かパスワードが違います', differ: '2 回で違います', scan: 'QR コード', check: '入力を確かめてください', codes: '回復コードです', once: '今だけ' },
  en: { wrong: 'The login or the password is wrong', differ: 'differ', scan: 'Scan this QR code', check: 'Please check what you entered', codes: 'recovery codes', once: 'only now' },
};
const routes = pageRoutes(data).filter((route) => route.who !== 'public' && route.example);

for (const lang of LANGUAGES) {
  const context = await browser.newContext({ locale: lang });
  const page = await context.newPage();
  await forms(page, server.origin, lang, WORDS[lang]);
  const cookies = await context.cookies();
  const cookie = cookies.map((c) => `${c.name}=${c.value}`).join('; ');
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
