// node entry.mjs DATA: registers as their sections enter them, in a real browser: from the
// keyboard alone, without script, on a phone, with every file that offices have; what is wrong
// stands beside its field, nothing typed is lost, a double click is one entry. TAP to stdout.
import { launch } from './browser.mjs';
import * as checks from './checks.mjs';
import { htmlFaults } from './html.mjs';
import { start } from './server.mjs';
import { blank, enter, meguri, peopleMake, verified, wants, words } from './ward.mjs';
import { done, report } from './tap.mjs';

const data = process.argv[2];
const BOOK = '/w/minamo/evidence/training';

peopleMake(data);
const server = await start(data);
const browser = await launch();
const at = (path) => server.origin + path;
const html = new Map();
const hanako = await enter(browser, server.origin, 'hanako');
const kikaku = await enter(browser, server.origin, 'kikaku');
const english = await enter(browser, server.origin, 'taro', { locale: 'en' });
const plain = await enter(browser, server.origin, 'hanako', { javaScriptEnabled: false });

// Presses the button with these words; the one that Enter stands for is not seen.
const press = (page, text) =>
  Promise.all([page.waitForNavigation(), page.locator('main button:not(.unseen)', { hasText: text }).first().click()]);
const focused = (page) => page.evaluate(() => document.activeElement?.id ?? '');
const firstRow = (page) => page.locator('table.entries tbody tr').first().innerText();
const list = () => meguri(data, 'register', 'show', '--org', 'minamo', '--register', 'training');

// What only an answer shows, for every checker.
async function look(page, name) {
  const text = await page.content();
  html.set(name, text);
  const found = await checks.inspectOpen(page);

  report(`${name}: accessible`, found.onScreen);
  report(`${name}: in one language`, found.inEnglish);
  report(`${name}: fits 320 px`, found.onPhone);
  await page.setViewportSize({ width: 1280, height: 800 });
}

// Types into the fields from where the focus is, then Enter.
async function typeLine(page, ...texts) {
  for (const [i, text] of texts.entries()) {
    if (i > 0) await page.keyboard.press('Tab');
    if (text !== null) await page.keyboard.type(text);
  }
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

// ---- the list of registers ----
await hanako.goto(at('/w/minamo/evidence'));
report('staff see what each register is for and what comes next', wants([
  [(await words(hanako)).includes('研修やeラーニングごとに1行'), 'not what it is for'],
  [(await words(hanako)).includes('フロアマネージャー連絡票'), 'not what could be opened'],
  [!(await hanako.locator('button', { hasText: 'この台帳を使う' }).count()), 'an editor may open a register'],
]));

// ---- a line from the keyboard ----
await hanako.locator('tr', { hasText: '研修・eラーニング' }).getByText('記入する').first().focus();
await Promise.all([hanako.waitForNavigation(), hanako.keyboard.press('Enter')]);
report('who comes to enter begins in the first field', wants([[(await focused(hanako)) === 'f-v.date', await focused(hanako)]]));
await typeLine(hanako, '令和6年6月3日', '接遇の基本', null, '総務課', '３０', '２８');
report('a line is saved with Enter, stands on top, and the next can be typed', wants([
  [(await words(hanako)).includes('保存しました'), 'it does not say so'],
  [(await firstRow(hanako)).includes('接遇の基本'), await firstRow(hanako)],
  [(await focused(hanako)) === 'f-v.date', `the focus is on ${await focused(hanako)}`],
  [(await blank(hanako, 'v.date').inputValue()) === '2024-06-03', 'the day does not stay'],
  [/2024-06-03\s+接遇の基本.*\s30\s+28/.test(list()), 'not as it was meant'],
]));
await look(hanako, 'a line was saved');

// ---- impossible, unreadable, not there yet ----
await typeLine(hanako, '6/4', '多すぎる研修', null, null, '10', '12');
report('an impossible value is asked about in place', wants([
  [await hanako.locator('[id="e-v.taken"]').isVisible(), 'no fault beside the field'],
  [await hanako.locator('.errors a[href="#f-v.taken"]').isVisible(), 'no link to it'],
  [await blank(hanako, 'reason').isVisible(), 'no reason is asked for'],
  [(await blank(hanako, 'v.title').inputValue()) === '多すぎる研修', 'what was typed is gone'],
]));
await look(hanako, 'an impossible value');
await blank(hanako, 'reason').fill('途中で異動してきた職員を含む');
await press(hanako, '保存');
report('with a reason it is stored', wants([[(await firstRow(hanako)).includes('途中で異動'), await words(hanako)]]));
await hanako.goto(at(`${BOOK}?enter=1`));
await typeLine(hanako, '2024-13-01', '', null, null, 'たくさん', '調査中');
report('what cannot be read says what to write, beside each field', wants([
  [await hanako.locator('[id="e-v.date"]').isVisible(), 'not the date'],
  [await hanako.locator('[id="e-v.title"]').isVisible(), 'not the title'],
  [await hanako.locator('[id="e-v.eligible"]').isVisible(), 'not the number'],
  [!(await hanako.locator('[id="e-v.taken"]').count()), '調査中 is no fault'],
  [(await blank(hanako, 'v.eligible').inputValue()) === 'たくさん', 'what was typed is gone'],
]));
await blank(hanako, 'v.date').fill('R6.6.5');
await blank(hanako, 'v.title').fill('まだ集計中の研修');
await blank(hanako, 'v.eligible').fill('40人(うち欠席1)');
await press(hanako, '保存');
report('a value that is not there is never zero, and the page says so', wants([
  [(await words(hanako)).includes('まだ値がありません(0ではありません)'), 'not said'],
  [(await words(hanako)).includes('数に入れていません'), 'the note beside the number is not told'],
]));

// ---- the same again, and twice ----
{
  const before = verified(data);

  await hanako.goto(at(`${BOOK}?like=last`));
  await blank(hanako, 'v.title').fill('前と同じ研修');
  await Promise.all([hanako.waitForURL(/saved=/), hanako.locator('.entry-do button.main').dblclick()]);
  report('a double click is one entry', wants([[verified(data) === before + 1, `${verified(data) - before} records`]]));
}
await hanako.goto(at(`${BOOK}?enter=1`));
await typeLine(hanako, '2024-06-03', '接遇の基本', null, '総務課', '5', '5');
report('an equal entry is asked about, not overwritten', wants([
  [(await words(hanako)).includes('すでにあります'), 'not asked'],
  [/2024-06-03\s+接遇の基本.*\s30\s+28/.test(list()), 'it was overwritten'],
]));
await look(hanako, 'an equal entry');
await press(hanako, '別の1件として保存する');
report('both are there', wants([[(list().match(/2024-06-03\s+接遇の基本/g) ?? []).length === 2, list().slice(0, 300)]]));

// ---- mended, by two; taken back, brought back ----
const one = (await hanako.locator('tr.just a').getAttribute('href')).split('?')[0];

await hanako.goto(at(one));
await kikaku.goto(at(one));
await blank(hanako, 'v.taken').fill('4');
await press(hanako, '直して保存');
report('without a reason nothing is changed', wants([[await hanako.locator('[id="e-why"]').isVisible(), 'no fault']]));
await look(hanako, 'an entry is mended');
await blank(hanako, 'why').fill('名簿と合わせた');
await press(hanako, '直して保存');
await blank(kikaku, 'v.eligible').fill('6');
await blank(kikaku, 'why').fill('別の直し');
await press(kikaku, '直して保存');
report('who comes second is told, and loses nothing', wants([
  [(await words(kikaku)).includes('別の人がこの1件を変えました'), 'not told'],
  [(await blank(kikaku, 'v.eligible').inputValue()) === '6', 'what was typed is gone'],
]));
await look(kikaku, 'a conflict about an entry');
await hanako.goto(at(one));
await blank(hanako, 'why_void').fill('二重に入れた');
await press(hanako, '取り消す');
report('what was taken back stays in the history, with who and why', wants([
  [(await words(hanako)).includes('この1件は取り消されています'), 'not taken back'],
  [(await words(hanako)).includes('二重に入れた') && (await words(hanako)).includes('名簿と合わせた'), 'no reasons'],
]));
await look(hanako, 'an entry that was taken back');
await blank(hanako, 'why').fill('やはり別の研修だった');
await press(hanako, '直して保存');
report('and can be brought back', wants([[!(await words(hanako)).includes('取り消されています'), 'still void']]));

// ---- filters, views ----
await hanako.goto(at(`${BOOK}?text=${encodeURIComponent('異動')}`));
report('the list can be searched by a word of a reason', wants([
  [(await hanako.locator('table.entries tbody tr').count()) === 1, await words(hanako)],
]));
await hanako.goto(at('/w/minamo/evidence/explanation-meetings/areas?year=2024'));
await Promise.all([hanako.waitForNavigation(), hanako.locator('td.heat.blank a').first().click()]);
report('an empty area and month leads to the line with both in it', wants([
  [/^\d{4}-\d{2}$/.test(await blank(hanako, 'v.date').inputValue()), 'no month'],
  [(await blank(hanako, 'v.area').inputValue()) !== '', 'no area'],
]));
await hanako.goto(at(`${BOOK}/calendar?month=2024-06`));
report('the calendar counts by day', wants([
  [(await hanako.locator('td', { has: hanako.locator('time[datetime="2024-06-03"]') }).innerText()).includes('2件'), await words(hanako)],
]));
await hanako.goto(at('/w/minamo/evidence/committees/planned?year=2024'));
report('planned against held', wants([[/計画回数 36回 に対して 開催回数 36回/.test(await words(hanako)), await words(hanako)]]));

// ---- tables, without script ----
const give = (name, text) => ({ name, mimeType: 'text/csv', buffer: Buffer.isBuffer(text) ? text : Buffer.from(text) });
const utf16 = (text) => Buffer.from(`\uFEFF${text}`, 'utf16le');

async function read(page, file) {
  await page.goto(at(`${BOOK}/bulk`));
  await page.setInputFiles('#f-file', file);
  await press(page, '読んで確かめる');
}

const ODD = give('odd.csv', [
  '令和6年度 研修実績,,,,', ',,人数,,', '実施日,研修名,対象者数,受講者数,備考',
  '2024/6/31,窓口応対,40,38,', '7月1日,聴く技術,10,12(うち中止1),', '7月2日,未集計の研修,20,-,', '合計,,60,60,', '',
].join('\n'));
const GOOD = give('utf16.csv', utf16('実施日\t研修名\t対象者数\t受講者数\n2025-01-10\t防災\t３０\t29\n2025-01-11\t救命\t20\t\n合計\t\t50\t29\n'));

await read(plain, ODD);
report('every fault of a table is told by its cell, and nothing is stored', wants([
  [/A4\s+2024\/6\/31/.test(await words(plain)), 'not the day that is none'],
  [/D5\s+12/.test(await words(plain)), 'not the impossible value'],
  [!(await plain.locator('button', { hasText: 'すべて保存する' }).count()), 'it may be stored'],
]));
await read(hanako, ODD); // the checkers are scripts: they look in a window that runs them
await look(hanako, 'a table with faults');
{
  const before = verified(data);

  await read(plain, GOOD);
  report('a dry run shows what would come, and stores nothing', wants([
    [/新しく入る 2/.test(await words(plain)), await words(plain)],
    [/まだ値がない\(0ではない\) 1/.test(await words(plain)), 'a blank is not named'],
    [/比べただけの合計の行 1/.test(await words(plain)), 'the total is not named'],
    [verified(data) === before, 'something was stored'],
  ]));
  await read(hanako, GOOD);
  await look(hanako, 'a dry run');
  await plain.locator('button', { hasText: 'すべて保存する' }).dblclick();
  // the second click takes the place of the first while that one is on its way
  await plain.waitForURL(/fresh=/).catch(() => plain.waitForURL(/fresh=/));
  report('then all of it is stored', wants([[verified(data) > before, 'nothing was stored']]));
  report('sent twice it is stored once', wants([[(list().match(/2025-01-1/g) ?? []).length === 2, list()]]));
}
await plain.goto(at(`${BOOK}/bulk`));
await plain.fill('#f-text', 'いつ\tなに\t母数\t出た人\n2025-02-10\t消防\t30\t29\n');
await press(plain, '読んで確かめる');
for (const [i, to] of ['date', 'title', 'eligible', 'taken'].entries()) await plain.selectOption(`[id="f-col.${i}"]`, to);
await press(plain, 'もう一度読む');
report('columns with other headings can be chosen', wants([[/新しく入る 1/.test(await words(plain)), await words(plain)]]));
await press(plain, 'すべて保存する');
await plain.goto(at(`${BOOK}/bulk`));
await plain.fill('#f-text', 'いつ\tなに\t母数\t出た人\n2025-02-10\t消防\t30\t28\n');
await press(plain, '読んで確かめる');
report('and are remembered; what changes is shown with what it was', wants([
  [/値が変わる 1/.test(await words(plain)), await words(plain)],
  [/受講者数: 29/.test(await words(plain)), 'not what it was'],
]));
for (const [name, bytes, says] of [
  ['broken.csv', '実施日,"研修名', '引用符'],
  ['picture.png', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'picture.png'],
  ['empty.csv', '', '表を貼り付けるか'],
]) {
  await read(plain, give(name, bytes));
  report(`${name}: a sentence says what is wrong`, wants([[(await words(plain)).includes(says), await words(plain)]]));
}
await read(hanako, give('broken.csv', '実施日,"研修名'));
await look(hanako, 'a file that is no table');

// ---- a register of one's own ----
await kikaku.goto(at('/w/minamo/evidence/new'));
await press(kikaku, '保存');
report('an empty definition says what it needs', wants([[(await words(kikaku)).includes('台帳の名前'), await words(kikaku)]]));
await look(kikaku, 'an empty definition');
await blank(kikaku, 'name').fill('防災訓練');
for (const [i, [label, kind]] of [['実施日', 'date'], ['訓練名', 'text'], ['定員', 'quantity'], ['参加者', 'quantity'], ['規模', 'choice']].entries()) {
  await blank(kikaku, `f.${i}.label`).fill(label);
  await blank(kikaku, `f.${i}.kind`).selectOption(kind);
}
await blank(kikaku, 'f.1.identity').check();
await blank(kikaku, 'f.4.choices').fill('全区\n地域');
await blank(kikaku, 'k.0.less').selectOption('3');
await blank(kikaku, 'k.0.more').selectOption('2');
await blank(kikaku, 'section').selectOption('mado');
await press(kikaku, '保存');
const own = kikaku.url().match(/evidence\/([^/]+)\//)?.[1];
await hanako.goto(at(`/w/minamo/evidence/${own}?enter=1`));
await typeLine(hanako, '2024-09-01', '水防', '10', '12');
report('what is impossible in it is asked about', wants([[await blank(hanako, 'reason').isVisible(), await words(hanako)]]));
await blank(hanako, 'reason').fill('立ち見');
await press(hanako, '保存');
await kikaku.goto(at(`/w/minamo/evidence/${own}/definition`));
await blank(kikaku, 'f.1.label').fill('');
await blank(kikaku, 'f.2.unit').fill('世帯');
await press(kikaku, '保存');
report('what would make old entries untrue is refused beside its row', wants([
  [await kikaku.locator('[id="e-f.1.label"]').isVisible(), await words(kikaku)],
]));
await look(kikaku, 'a definition that is refused');
await kikaku.goto(at(`/w/minamo/evidence/${own}/definition`));
await blank(kikaku, 'f.4.choices').fill('学校');
await press(kikaku, '保存');
report('a choice can be added', wants([[(await kikaku.locator('[name^="c.4."]').count()) === 3, 'not three']]));

// ---- another section, another language ----
meguri(data, 'user', 'add', 'soto', '--name', '他課 三郎');
await english.goto(at(`${BOOK}?enter=1`));
await typeLine(english, '2024-13-01', '', null, null, 'x', 'y');
await look(english, 'English: a line with faults');
await english.goto(at(`${BOOK}/bulk`));
await english.fill('#f-text', '実施日\t研修名\t対象者数\t受講者数\n2025-03-10\tA\t30\tx\n');
await press(english, 'Read and check');
await look(english, 'English: a table with faults');

report('no script failed', [...hanako.faults, ...kikaku.faults, ...english.faults]);
report('every record is as it was stored', wants([[verified(data) > 0, 'not']]));
await browser.close();
server.stop();

const faults = htmlFaults(html);
for (const name of html.keys()) report(`${name}: valid HTML`, faults.get(name));
done();
