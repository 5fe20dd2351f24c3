// node voices.mjs DATA [PICTURES]: voices in a real browser, each to its end. One from the public
// form to a published answer and to a line of next year's plan; one from a council meeting to
// "declined, with the reason"; one erased on request. Then what staff meet on the way: a fault,
// a conflict, a double click, a box's slips, a table with mistakes, comments of a survey,
// settings. Every page for every checker, in both languages. With PICTURES each is kept there.
// TAP to stdout.
import { launch, openWindow } from './browser.mjs';
import * as checks from './checks.mjs';
import { htmlFaults } from './html.mjs';
import { start } from './server.mjs';
import { done, report } from './tap.mjs';
import { blank, enter, giveSheets, meguri, PASSWORD, peopleMake, save, verified, wants, words } from './ward.mjs';

const [data, pictures] = process.argv.slice(2);
const NEXT = 2027;
const VOICE = 'みなも区の窓口で一時間待ちました。順番がわかる番号札を増やしてください。返事は 06-6123-4567 の山田花子まで。';
const SUMMARY = '窓口の待ち時間が長い。順番が分かるようにしてほしい。連絡は 06-6123-4567 へ。';
const LINE = '窓口の待ち人数を館内とホームページに表示する';
const PLAN = `/w/minamo/${NEXT}`;

peopleMake(data);
meguri(data, 'cycle', 'start', 'minamo', String(NEXT), '--from', '2024');
const server = await start(data);
const browser = await launch();
const at = (path) => server.origin + path;
const who = {};
for (const login of ['kocho', 'hanako', 'taro', 'kacho', 'kikaku', 'kucho'])
  who[login] = await enter(browser, server.origin, login, { viewport: { width: 1100, height: 900 } });
const { kocho, hanako, taro, kacho, kikaku, kucho } = who;
const resident = await openWindow(browser, { locale: 'ja' });
const html = new Map();
let shots = 0;

// What is open in a window, for every checker, in its own language and in English.
async function look(page, name) {
  const told = {
    onScreen: 'accessible on screen', inEnglish: 'in one language', onPhone: 'fits 320 px',
  };

  html.set(name, await page.content());
  report(`${name}: is the page`, (await page.locator('h1').innerText()).match(/見つかりません|Not found|エラー|error/i) ? [await words(page)] : []);
  for (const [promise, faults] of Object.entries(await checks.inspectOpen(page)))
    report(`${name}: ${told[promise]}`, faults);
  if (pictures) {
    await page.screenshot({ path: `${pictures}/${String(++shots).padStart(2, '0')}-phone.png`, fullPage: true });
    await page.setViewportSize({ width: 1100, height: 900 });
    await page.screenshot({ path: `${pictures}/${String(shots).padStart(2, '0')}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 1100, height: 900 });
}

async function lookTwice(page, path, name) {
  await page.goto(at(path));
  await look(page, `ja ${name}`);
  await page.goto(at(`${path}${path.includes('?') ? '&' : '?'}lang=en`));
  await look(page, `en ${name}`);
  await page.goto(at(path));
}

async function send(page, form) {
  await Promise.all([page.waitForNavigation(), form.locator('button').last().click()]);
}

// A step of the voice that is open: its form is unfolded, filled and sent.
async function step(page, id, fields = {}) {
  const fold = page.locator(`details#${id}`);

  if ((await fold.getAttribute('open')) === null) await fold.locator('summary').click();
  for (const [name, value] of Object.entries(fields)) {
    const input = fold.locator(`[name="${name}"]`);
    const kind = await input.evaluate((e) => e.localName + (e.type ?? ''));

    if (kind.startsWith('select')) await input.selectOption(value);
    else if (kind.includes('checkbox')) await input.check();
    else await input.fill(value);
  }
  await send(page, fold.locator('form'));
  return words(page);
}

// Who needs a password again gives it; the form goes on by itself.
async function confirmed(page) {
  if ((await page.locator('#f-password').count()) === 0) return;
  await page.fill('#f-password', PASSWORD);
  await Promise.all([page.waitForNavigation(), page.click('form.form button.main')]);
}

// What waits for somebody; not what they have done.
async function tasks(page) {
  await page.goto(at('/work'));
  return (await page.locator('table.tasks').allInnerTexts()).join('\n');
}

async function receive(text, way = {}) {
  await kocho.goto(at('/w/minamo/voices/new'));
  await kocho.fill('[name="text"]', text);
  for (const [name, value] of Object.entries(way)) await kocho.selectOption(`[name="${name}"]`, value);
  await send(kocho, kocho.locator('form#new'));
  const label = await kocho.locator('.notice a').first().innerText();
  const [year, number] = label.split('-').map(Number);
  return { label, path: `/w/minamo/voices/${year}/${number}`, year, number };
}

// ---- next year's plan is being written by the section ----
await giveSheets(kikaku, at(PLAN));

// ---- the voice comes in by the public form ----
await resident.goto(at('/o/minamo/voices/new'));
await look(resident, 'ja public form');
await resident.fill('[name="text"]', VOICE);
await Promise.all([resident.waitForNavigation(), resident.locator('main form.form button.main').click()]);
const label = await resident.locator('#receipt-number').innerText();
const secret = await resident.locator('#receipt-secret').innerText();
const [YEAR, NUMBER] = label.split('-').map(Number);
const voice = `/w/minamo/voices/${YEAR}/${NUMBER}`;
report('the public form gives a receipt', wants([[/^\d{4}-\d{6}$/.test(label) && secret.length > 20, `${label} ${secret}`]]));

// ---- triage: the received text is shown for a purpose that is written down ----
report('a voice to triage waits in the listener\'s work', wants([
  [(await tasks(kocho)).includes('振り分ける'), (await words(kocho)).slice(0, 200)],
]));
await lookTwice(kocho, '/work', 'my work of the listener');
await lookTwice(kocho, '/w/minamo/voices', 'list');
await lookTwice(kocho, voice, 'voice that came in');
report('no page that is just opened shows what was received', wants([
  [!(await kocho.content()).includes('山田花子'), 'the text is in the page'],
  [(await hanako.goto(at(voice))).status() === 403, 'another section sees it'],
]));
await kocho.goto(at(voice));
{
  const says = await step(kocho, 'look', { purpose: '要旨を書くため' });

  report('the listener reads it for a purpose', wants([
    [says.includes('06-6123-4567'), says.slice(0, 300)],
    [says.includes('要旨を書くため'), 'the purpose is not told'],
  ]));
  await look(kocho, 'ja voice with the received text');
}
await step(kocho, 'triage-1', { summary: SUMMARY, category: 'counter', section: 'mado' });
report('it is with the section', wants([[(await words(kocho)).includes('窓口課'), (await words(kocho)).slice(0, 300)]]));

// ---- answered: drafted, sent back, drafted, approved ----
report('the section\'s editor has an answer to write', wants([
  [(await tasks(hanako)).includes('回答を書く'), (await words(hanako)).slice(0, 200)],
]));
await hanako.goto(at(voice));
await taro.goto(at(voice));
{
  const says = await step(hanako, 'draft-1', { kind: '', text: '番号札を増やします。' });

  report('a step without what it needs is told beside its field, and nothing is lost', wants([
    [await hanako.locator('#e-kind').isVisible(), says.slice(0, 200)],
    [(await hanako.locator('#draft-1 textarea').inputValue()) === '番号札を増やします。', 'the text is lost'],
  ]));
  await look(hanako, 'ja draft refused');
}
await step(hanako, 'draft-1', { kind: 'will-do', text: '番号札を増やします。' });
{
  const says = await step(taro, 'draft-1', { kind: 'explain', text: 'わたしの書いた別の文' });

  report('who was slower is told, and keeps what they wrote', wants([
    [(await taro.locator('.errors').count()) === 1, says.slice(0, 300)],
    [(await taro.locator('#draft-1 textarea').inputValue()) === 'わたしの書いた別の文', 'the text is lost'],
    [says.includes('番号札を増やします。'), 'the other text is not shown'],
  ]));
  await look(taro, 'ja draft in conflict');
}
await lookTwice(hanako, voice, 'voice with a draft');
await step(hanako, 'submit-1');
report('the head has an answer to approve', wants([
  [(await tasks(kacho)).includes('読んで承認する'), (await words(kacho)).slice(0, 200)],
]));
await kacho.goto(at(voice));
await step(kacho, 'return-1', { reason: 'いつまでにするかを書いてください。' });
report('what was sent back waits with its comment', wants([
  [(await tasks(hanako)).includes('いつまでにするか'), (await words(hanako)).slice(0, 200)],
]));
await hanako.goto(at(voice));
await step(hanako, 'draft-1', { kind: 'will-do', text: '来年度、待ち人数の表示を始めます。担当は窓口課です。' });
await step(hanako, 'submit-1');
await lookTwice(kacho, voice, 'voice to approve');
await step(kacho, 'approve-1');
report('approved, it is answered and nothing waits any more', wants([
  [(await words(kacho)).includes('来年度、待ち人数の表示を始めます'), (await words(kacho)).slice(0, 300)],
  [!(await tasks(kacho)).includes(label), 'it still waits for the head'],
  [!(await tasks(hanako)).includes(label), 'it still waits for the editor'],
]));

// ---- published: what could tell a person is marked, and out of the text ----
report('the listener has to decide on publication', wants([
  [(await tasks(kocho)).includes('公開を決める'), (await words(kocho)).slice(0, 200)],
]));
await lookTwice(kocho, voice, 'voice to publish');
report('the telephone number is marked, and masked in what is offered', wants([
  [(await kocho.locator('mark', { hasText: '06-6123-4567' }).count()) > 0, 'not marked'],
  [!(await kocho.locator('#publish-0 [name="public.1.summary"]').inputValue()).includes('06-6123'), 'not masked'],
]));
await step(kocho, 'publish-0', { 'public.1.summary': '窓口の待ち時間が長い。順番が分かるようにしてほしい。' });
{
  const answer = await resident.goto(at(`/o/minamo/voices/${YEAR}/${NUMBER}`));
  const says = await words(resident);

  report('everybody reads the reviewed summary and the answer, and nobody what was received', wants([
    [answer.status() === 200, `status ${answer.status()}`],
    [says.includes('順番が分かるようにしてほしい') && says.includes('来年度、待ち人数の表示を始めます'), says.slice(0, 300)],
    [!(await resident.content()).includes('06-6123') && !(await resident.content()).includes('山田'), 'it tells a person'],
  ]));
  await look(resident, 'ja published voice');
}

// ---- adopted in next year's plan ----
await kikaku.goto(at(voice));
await look(kikaku, 'ja voice to decide on');
{
  const target = await kikaku.locator('#fate-1 [name="target"] option').evaluateAll(
    (all, start) => all.map((o) => o.value).find((value) => value.startsWith(start)), `${NEXT}/initiative/`);

  await step(kikaku, 'fate-1', { status: 'adopted', fate_year: String(NEXT), target });
  report('it is adopted in next year\'s plan', wants([
    [(await words(kikaku)).includes('計画・予算に反映'), (await words(kikaku)).slice(0, 300)],
    [(await kikaku.locator('#part-1 ~ ul a, .part ul a').count()) > 0, 'no link to the plan'],
  ]));
}
await hanako.goto(at(`${PLAN}/1`));
report('the sheet shows the voice behind it', wants([
  [(await words(hanako)).includes('この背景にある声 1 件'), (await words(hanako)).slice(0, 300)],
]));
await look(hanako, 'ja sheet with voices behind it');
await hanako.goto(at(`${PLAN}/1/plan`));
report('who writes the line sees the voice', wants([[(await words(hanako)).includes(label), 'it is not shown']]));
await hanako.locator('main button', { hasText: '取組を加える' }).first().click();
await hanako.waitForLoadState();
const activity = (await hanako.locator('[id^="f-activity.n"][id$=".text"]').last().getAttribute('name')).split('.')[1];
await blank(hanako, `activity.${activity}.text`).fill(LINE);
await blank(hanako, `activity.${activity}.quantity`).fill('2か所');
await save(hanako);

// ---- the plan is adopted; the public sheet names the voice, the voice names the plan ----
async function act(page, number, action) {
  await page.goto(at(`${PLAN}/${number}`));
  await send(page, page.locator(`form[action$="/${action}"]:has(input[value="plan"])`));
}
await kikaku.goto(at(PLAN));
for (const link of await kikaku.locator('table.board a.numbered').evaluateAll((all) => all.map((a) => a.href))) {
  const number = link.split('/').at(-1);

  await act(hanako, number, 'submit');
  await act(kacho, number, 'approve');
}
await kikaku.goto(at(`${PLAN}/commitments`));
for (const id of await kikaku.locator('section.promises').evaluateAll((all) => all.map((e) => e.id))) {
  await kikaku.goto(at(`${PLAN}/commitments`));
  await kikaku.locator(`[id="done-${id}"]`).check();
  await send(kikaku, kikaku.locator(`section[id="${id}"] form`));
}
async function move(page, button) {
  await page.goto(at(PLAN));
  await send(page, page.locator('form', { has: page.locator('button', { hasText: button }) }).first());
  await confirmed(page);
}
await move(kikaku, '案として提出する');
await move(kucho, '策定する');
await resident.goto(at(`/o/minamo/${NEXT}/1`));
report('the changed line is public, and the voice stands behind it', wants([
  [(await words(resident)).includes(LINE), 'the line is not there'],
  [(await words(resident)).includes('この背景にある声 1 件'), 'the voice is not there'],
  [(await resident.locator(`a[href*="/o/minamo/voices/${YEAR}/${NUMBER}"]`).count()) > 0, 'no link to the voice'],
]));
await look(resident, 'ja public sheet with voices behind it');
await resident.goto(at(`/o/minamo/voices/${YEAR}/${NUMBER}`));
report('the voice says what became of it', wants([
  [(await words(resident)).includes('計画・予算に反映'), (await words(resident)).slice(0, 300)],
  [(await resident.locator(`a[href*="/o/minamo/${NEXT}/1"]`).count()) > 0, 'no link to the plan'],
]));

// ---- from a council meeting to "declined, with the reason" ----
{
  await kocho.goto(at('/w/minamo/voices/new?door=council&year=2024&meeting=1'));
  await look(kocho, 'ja entry of a council opinion');
  await kocho.fill('[name="text"]', '区役所を日曜日も開けてほしい。');
  await kocho.fill('[name="summary"]', '日曜日の開庁を求める意見');
  await kocho.selectOption('[name="category"]', 'counter');
  await kocho.selectOption('[name="section"]', 'mado');
  await send(kocho, kocho.locator('form#new'));
  const [year, number] = (await kocho.locator('.notice a').first().innerText()).split('-').map(Number);
  const path = `/w/minamo/voices/${year}/${number}`;

  await hanako.goto(at(path));
  await step(hanako, 'draft-1', { kind: 'cannot', text: '職員の配置が難しいため、開庁の予定はありません。' });
  await step(hanako, 'submit-1');
  await kacho.goto(at(path));
  await step(kacho, 'approve-1');
  await kacho.goto(at(path));
  const refused = await step(kacho, 'fate-1', { status: 'declined' });
  report('who declines has to say why', wants([[(await kacho.locator('.errors').count()) === 1, refused.slice(0, 200)]]));
  await step(kacho, 'fate-1', { status: 'declined', reason: '人員の配置ができないため' });
  await kocho.goto(at(path));
  await step(kocho, 'publish-0', { 'public.1.summary': '日曜日の開庁を求める意見' });
  await resident.goto(at(`/o/minamo/voices/${year}/${number}`));
  report('a council\'s opinion is declined, and everybody reads why', wants([
    [(await words(resident)).includes('実施しない'), (await words(resident)).slice(0, 300)],
    [(await words(resident)).includes('人員の配置ができないため'), 'the reason is not told'],
  ]));
}

// ---- one is erased on request; the log still verifies ----
{
  const one = await receive('消してほしい秘密の声です。電話 090-1234-5678', { way: 'phone' });

  await look(kocho, 'ja receipt of the counter');
  await kocho.goto(at(one.path));
  await step(kocho, 'erase', { purpose: '本人の求めによる' });
  await confirmed(kocho);
  report('it is erased, and the page says so', wants([
    [(await words(kocho)).includes('消去しました'), (await words(kocho)).slice(0, 300)],
    [(await words(kocho)).includes('本人の求めによる'), 'who and why is not told'],
    [(await kocho.locator('details#look').count()) === 0, 'the text is still offered'],
  ]));
  await look(kocho, 'ja erased voice');
}

// ---- a disclosure request ----
await kocho.goto(at(voice));
await step(kocho, 'disclosure', { purpose: '開示請求 第3号' });
await confirmed(kocho);
report('all that is held of a voice is handed out, and that is written down', wants([
  [(await words(kocho)).includes('06-6123-4567'), (await words(kocho)).slice(0, 300)],
  [(await words(kocho)).includes('開示請求 第3号'), 'it is not written down'],
  [(await kocho.locator('h2#texts, h2#answers, h2#steps, h2#uses').count()) === 4, 'it is not in order for a reader'],
  [(await kocho.locator('main form').count()) === 0, 'there are forms on what is handed out'],
  [(await kocho.locator('#steps + ol li').count()) > 0, 'what was done is not told'],
]));
await look(kocho, 'ja disclosure');

// ---- split, grouped, models ----
{
  const one = await receive('図書館を増やして。あと、公園の明かりが暗い。', { section: 'mado' });
  const two = await receive('公園が暗い');

  await kocho.goto(at(one.path));
  await step(kocho, 'triage-1', { summary: '図書館と公園について', category: 'roads', section: 'mado' });
  await step(kocho, 'split-1', { 'piece.1.summary': '図書館を増やしてほしい', 'piece.2.summary': '公園を明るくしてほしい' });
  report('a voice with two questions is two parts, each to be answered', wants([
    [(await kocho.locator('section.part').count()) === 2, (await words(kocho)).slice(0, 300)],
  ]));
  await look(kocho, 'ja split voice');
  await step(kocho, 'group-0', { group: two.label });
  report('voices that say the same stand side by side', wants([
    [(await kocho.locator('#group ~ .halves a', { hasText: two.label }).count()) === 1, (await words(kocho)).slice(-600)],
  ]));
  await hanako.goto(at(`${one.path}?part=1&models=${encodeURIComponent('待ち人数')}`));
  await look(hanako, 'ja models of answers');
  await hanako.locator('.model a.button').first().click();
  await hanako.waitForLoadState();
  report('an earlier answer is taken as a model', wants([
    [(await hanako.locator('#draft-1 textarea').inputValue()).includes('待ち人数の表示'), 'it is not'],
  ]));
}

// ---- a box's slips, line by line from the keyboard; twice is once ----
await lookTwice(kocho, '/w/minamo/voices/box', 'sheet of a box');
await kocho.selectOption('[name="place"]', 'main');
await kocho.fill('#box-month', '2026-10');
await kocho.fill('[name="line.1.day"]', '3');
await kocho.fill('[name="line.1.text"]', 'いすが足りない');
await kocho.fill('[name="line.2.day"]', '32');
await kocho.fill('[name="line.2.text"]', '案内が分かりにくい');
await send(kocho, kocho.locator('main form.form'));
report('a day that is none is told in its line, and the other line is kept', wants([
  [await kocho.locator('[id="e-line.2.day"]').isVisible(), (await words(kocho)).slice(0, 200)],
  [(await kocho.locator('[name="line.1.text"]').inputValue()) === 'いすが足りない', 'it is lost'],
]));
await look(kocho, 'ja sheet of a box refused');
await kocho.fill('[name="line.2.day"]', '5');
await send(kocho, kocho.locator('main form.form'));
report('the slips are received, and the sheet goes on with the same box and month', wants([
  [(await words(kocho)).includes('2 件を受け付けました'), (await words(kocho)).slice(0, 200)],
  [(await kocho.locator('#box-month').inputValue()) === '2026-10', 'another month'],
]));

// ---- a table: read, told what is wrong, taken once ----
const table = (body) => ({ name: 'koe.csv', mimeType: 'text/csv', buffer: Buffer.from(body) });
await lookTwice(kocho, '/w/minamo/voices/import', 'import');
await kocho.setInputFiles('[name="file"]', table('受付日,本文,分野\n6月31日,椅子がない,\n2026-06-01,,天気\n'));
await send(kocho, kocho.locator('form[enctype]'));
report('what is wrong in a table is told by its cell', wants([
  [(await words(kocho)).includes('A2') && (await words(kocho)).includes('C3'), (await words(kocho)).slice(0, 400)],
  [(await kocho.locator('[name="rows"]').count()) === 0, 'it could be taken'],
]));
await look(kocho, 'ja import with faults');
for (const round of [1, 2]) {
  await kocho.goto(at('/w/minamo/voices/import'));
  await kocho.setInputFiles('[name="file"]', table('受付日,本文,分野\n2026-06-03,椅子がない,窓口・職員の応対\n2026-06-04,"二行の\n声",\n'));
  await send(kocho, kocho.locator('form[enctype]'));
  if (round === 1) await look(kocho, 'ja import that was read');
  await send(kocho, kocho.locator('form:has([name="rows"])'));
  report(`a table is taken once (${round})`, wants([
    [(await words(kocho)).includes(round === 1 ? '2 件を受け付けました' : '0 件を受け付けました'), (await words(kocho)).slice(0, 200)],
  ]));
}

// ---- comments of a survey; settings ----
await lookTwice(kocho, '/w/minamo/voices/survey', 'comments of surveys');
report('the comments of a survey are counted', wants([
  [(await words(kocho)).includes('書かれた意見 7 件'), (await words(kocho)).slice(0, 400)],
]));
for (const round of [1, 2]) {
  await send(kocho, kocho.locator('form:has([name="survey"][value="kumin-2024"])'));
  report(`comments come in once (${round})`, wants([
    [(await words(kocho)).includes(round === 1 ? '7 件を受け付けました' : '0 件を受け付けました'), (await words(kocho)).slice(0, 200)],
  ]));
}
await kocho.goto(at('/w/minamo/voices?door=survey'));
report('they are voices of their own door', wants([
  [(await kocho.locator('table.voices tbody tr').count()) === 7, `${await kocho.locator('table.voices tbody tr').count()} rows`],
]));
await lookTwice(kocho, '/w/minamo/voices/settings', 'settings');
await kocho.locator('[name="boxes"]').evaluate((e) => { e.value += 'annex | 別館の改善箱 | Box in the annex\n'; });
await send(kocho, kocho.locator('form#settings'));
await kocho.goto(at('/w/minamo/voices/box'));
report('a box that was added to the settings can be chosen', wants([
  [(await kocho.locator('[name="place"] option[value="annex"]').count()) === 1, 'it cannot'],
]));
await kocho.goto(at('/w/minamo/voices/settings'));
await kocho.fill('[name="categories"]', 'まちがい');
await send(kocho, kocho.locator('form#settings'));
report('settings that say nothing are refused, and kept in the form', wants([
  [(await kocho.locator('.errors').count()) === 1, (await words(kocho)).slice(0, 200)],
  [(await kocho.locator('[name="categories"]').inputValue()) === 'まちがい', 'what was typed is lost'],
]));
await look(kocho, 'ja settings refused');

// ---- the list finds, filters and counts; the public numbers reconcile ----
await kocho.goto(at(`/w/minamo/voices?q=${encodeURIComponent('待ち人数')}`));
report('the list finds words of an answer', wants([[(await words(kocho)).includes(label), (await words(kocho)).slice(0, 300)]]));
await kocho.goto(at('/w/minamo/voices?door=box&month=2026-10'));
report('the list shows the voices of one door and month', wants([
  [(await kocho.locator('table.voices tbody tr').count()) === 2, `${await kocho.locator('table.voices tbody tr').count()} rows`],
]));
await kocho.goto(at('/w/minamo/voices?year=2026'));
{
  const all = await kocho.locator('#by-year option').evaluateAll((list) => list.map((o) => o.textContent));

  report('the list is of one fiscal year, and its choices count that year', wants([
    [(await kocho.locator('table.voices tbody tr').count()) > 0, 'no voice of the year'],
    [all.some((text) => /令和8年度 \(\d+\)/.test(text)), all.join(' / ')],
  ]));
}
await kocho.goto(at('/w/minamo/voices?year=2019'));
report('a year without voices has none', wants([
  [(await kocho.locator('table.voices tbody tr').count()) === 0, 'voices of another year'],
]));
for (const page of Object.values(who)) report(`${page.login}: no script failed`, page.faults);
await browser.close();
server.stop();
report('every record is as it was saved', wants([[verified(data) > 60, 'too few records']]));
{
  const faults = htmlFaults(html);

  for (const name of html.keys()) report(`${name}: valid HTML`, faults.get(name));
}
done();
