// node survey.mjs DATA: a survey in the browser, from its definition to answers by invitation:
// every page that only the answer to a form shows, checked as all others are. TAP to stdout.
// DATA, the sample, is written to.
import { launch, openWindow } from './browser.mjs';
import * as checks from './checks.mjs';
import { htmlFaults } from './html.mjs';
import { meguri, start } from './server.mjs';
import { done, report } from './tap.mjs';

const data = process.argv[2];
const PASSWORD = 'うみと山と37番の窓';
const PROMISES = {
  onScreen: 'accessible on screen',
  inEnglish: 'in one language',
  onPaper: 'accessible on paper',
  onPhone: 'fits 320 px',
  withoutScript: 'the same without script',
  fromKeyboard: 'usable from the keyboard',
  quiet: 'no error, nothing asked elsewhere',
};
const WORDS = {
  ja: { codes: '選択肢の番号を書いてください', saved: '保存しました', bad: '選択肢にありません', sums: '合計が合いません', stored: '取り込みました', once: 'いまだけ表示します', more: '問が増えました', confirm: 'まだ送っていません', thanks: 'ありがとうございました', used: 'もう受け取っています' },
  en: { codes: 'Give the codes', saved: 'Saved', bad: 'Not taken', sums: 'Sums differ', stored: 'Taken in', once: 'Shown only now', more: 'lead to more questions', confirm: 'Nothing has been sent yet', thanks: 'Thank you', used: 'もう受け取っています' },
};
const html = new Map();

async function tellOpen(page, name, words) {
  const text = await page.evaluate(() => document.querySelector('main').innerText);
  report(`${name}: says ${words}`, text.includes(words) ? [] : [text.slice(0, 300)]);
  html.set(name, await page.content());
  for (const [promise, faults] of Object.entries(await checks.inspectOpen(page))) report(`${name}: ${PROMISES[promise]}`, faults);
}

// From the keyboard: focus, Enter.
async function press(page, selector) {
  await page.focus(selector);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

async function fill(page, fields) {
  await page.evaluate(() => { for (const d of document.querySelectorAll('details')) d.open = true; });
  for (const [name, value] of Object.entries(fields)) {
    const input = page.locator(`[name="${name}"]:not([type=hidden])`);
    if (await input.evaluate((e) => e.tagName === 'SELECT')) await input.selectOption(value);
    else if (await input.evaluate((e) => e.type === 'checkbox')) await input.check();
    else await input.fill(value);
  }
}

const QUESTIONS = {
  'q.0.number': 'F1', 'q.0.text': '性別', 'q.0.choices': '男性\n女性', 'q.0.attribute': true,
  'q.1.number': '問1', 'q.1.text': '待ち時間はどうでしたか。', 'q.1.choices': '短い\nふつう\n長い', 'q.1.yes': '1, 2',
  'q.2.number': '問2', 'q.2.text': 'なぜですか。', 'q.2.kind': 'multiple', 'q.2.choices': '人が多い\n説明が長い', 'q.2.only': 'q2',
};

// The section: a definition with a fault, then without; a table with a fault, then counts that do
// not add up, then answers; codes.
async function desk(page, origin, lang, words) {
  const home = `${origin}/w/minamo/surveys`;
  await page.goto(`${home}/new?lang=${lang}`);
  await fill(page, { key: `mado-${lang}`, title: '窓口アンケート', population: '窓口に来た人', sampling: 'event', ...QUESTIONS });
  await press(page, 'button[value=save]');
  await tellOpen(page, `${lang} definition refused`, words.codes);
  await fill(page, { 'q.2.codes': '3' });
  await press(page, 'button[value=save]');
  await tellOpen(page, `${lang} definition saved`, words.saved);
  await fill(page, { text: 'F1\t問1\t問2\n1\t9\t\n' });
  await press(page, 'form[enctype] button[value=check]');
  await tellOpen(page, `${lang} table refused`, words.bad);
  await page.goto(`${home}/mado-${lang}/tally?by=q1&lang=${lang}`);
  for (const input of await page.$$('table.tally input')) await input.fill('1');
  await press(page, 'form button[value=store]');
  await tellOpen(page, `${lang} counts refused`, words.sums);
  await page.goto(`${home}/mado-${lang}?lang=${lang}`);
  await fill(page, { text: 'F1\t問1\t問2\n1\t1\t\n2\t3\t1\n' });
  await press(page, 'form[enctype] button[value=store]');
  await tellOpen(page, `${lang} answers taken in`, words.stored);
  await fill(page, { count: '2' });
  await press(page, 'form[action*="invite"] button');
  await tellOpen(page, `${lang} codes`, words.once);
  return page.$$eval('.codes .secret', (list) => list.map((item) => item.textContent));
}

// A person with a code: the questions it leads to, the page to confirm, the end; and once more.
async function answer(page, origin, lang, words, code) {
  const url = `${origin}/o/minamo/surveys/mado-${lang}/answer?lang=${lang}`;
  await page.goto(url);
  html.set(`${lang} answering`, await page.content());
  await page.fill('#f-code', code);
  await page.check('#a-q1-0');
  await page.check('#a-q2-2');
  await press(page, 'button[value=next]');
  await tellOpen(page, `${lang} more questions`, words.more);
  await page.check('#a-q3-0');
  await press(page, 'button[value=next]');
  await tellOpen(page, `${lang} answers to confirm`, words.confirm);
  await press(page, 'button[value=send]');
  await tellOpen(page, `${lang} answered`, words.thanks);
  await page.goto(url);
  await page.fill('#f-code', code);
  await press(page, 'button[value=next]');
  await tellOpen(page, `${lang} a code that was used`, words.used);
}

meguri(['user', 'add', 'kikaku', '--name', '企画 花子', '--data', data]);
meguri(['user', 'password', 'kikaku', '--data', data], `${PASSWORD}\n`);
meguri(['user', 'grant', 'kikaku', 'planning', '--org', 'minamo', '--data', data]);
const server = await start(data);
const browser = await launch();
for (const lang of ['ja', 'en']) {
  const staff = await openWindow(browser, { locale: lang });
  await staff.goto(`${server.origin}/sign-in?lang=${lang}`);
  await staff.fill('#f-login', 'kikaku');
  await staff.fill('#f-password', PASSWORD);
  await press(staff, '#f-password');
  const [code] = await desk(staff, server.origin, lang, WORDS[lang]);
  const person = await openWindow(browser, { locale: lang });
  await answer(person, server.origin, lang, WORDS[lang], code);
}
await browser.close();
server.stop();

const faults = htmlFaults(html);
for (const name of html.keys()) report(`${name}: valid HTML`, faults.get(name));
done();
