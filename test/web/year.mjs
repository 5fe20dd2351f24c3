// node year.mjs DATA [PICTURES]: a whole year of the sample ward in a real browser, from the first
// draft to publication, a correction and the next year's draft; with a send-back, a conflict, a
// suspension, a review that is not held. Every step then stands in the history, and every record
// is as it was saved. With PICTURES the pages of README's tour are kept there. TAP to stdout.
import { launch } from './browser.mjs';
import { start } from './server.mjs';
import { blank, enter, giveSheets, peopleMake, press, save, verified, wants, words } from './ward.mjs';
import { done, report } from './tap.mjs';

const [data, pictures] = process.argv.slice(2);
const YEAR = 2025;

peopleMake(data);
const server = await start(data);
const browser = await launch();
const at = (path) => server.origin + path;
const board = at(`/w/minamo/${YEAR}`);
const sheet = (number, step = '') => at(`/w/minamo/${YEAR}/${number}${step}`);
const who = {};

for (const login of ['hanako', 'taro', 'kacho', 'kikaku', 'kucho'])
  who[login] = await enter(browser, server.origin, login, { viewport: { width: 1100, height: 760 } });
const { hanako, taro, kacho, kikaku, kucho } = who;

async function picture(page, name) {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png` });
}

// A move of the year by the one who may; says what the board says then.
async function move(page, button, reason = '') {
  await page.goto(board);
  const form = page.locator('form', { has: page.locator('button', { hasText: button }) }).first();

  if (reason) await form.locator('textarea').fill(reason);
  await Promise.all([page.waitForNavigation(), form.locator('button', { hasText: button }).click()]);
  return words(page);
}

// What may be done with one step of a sheet; reason where it is asked.
async function act(page, number, step, action, reason = '') {
  await page.goto(sheet(number));
  const form = page.locator(`form[action$="/${action}"]`, { has: page.locator(`input[value="${step}"]`) });

  if (reason) await form.locator('textarea').fill(reason);
  await Promise.all([page.waitForNavigation(), form.locator('button').click()]);
  return words(page);
}

async function approveAll(step, but = []) {
  const faults = [];

  for (const number of numbers) {
    if (but.includes(number)) continue;
    await hanako.goto(sheet(number));
    const isOpen = (await hanako.locator(`form[action$="/submit"]:has(input[value="${step}"])`).count()) > 0;
    const submitted = isOpen ? await act(hanako, number, step, 'submit') : '提出しました';
    if (!submitted.includes('提出しました')) faults.push(`${number}: ${submitted.slice(0, 300)}`);
    const approved = await act(kacho, number, step, 'approve');
    if (!approved.includes('承認しました')) faults.push(`${number}: ${approved.slice(0, 300)}`);
  }
  return faults;
}

// ---- the year has begun as a copy of last year's (the sample); its sheets go to the section ----
const numbers = await giveSheets(kikaku, board);
await kikaku.goto(board);
report('the year is begun from last year\'s plan and given to the section', wants([
  [numbers.length > 1, `${numbers.length} sheets`],
  [(await words(kikaku)).includes('窓口課'), 'the section is not named'],
]));
await picture(kikaku, 'board');

// ---- 素案: the plan is written, sent back, written again, approved ----
await hanako.goto(sheet(1, '/plan'));
await blank(hanako, 'purpose').fill('だれもが孤立せず、困りごとを地域で支え合えるまちにする。');
await press(hanako, '取組を加える');
const meeting = (await hanako.locator('[id^="f-activity.n"][id$=".text"]').last().getAttribute('name')).split('.')[1];
await blank(hanako, `activity.${meeting}.text`).fill('地域活動の検討会の開催');
await blank(hanako, `activity.${meeting}.quantity`).fill('24回');
await save(hanako);
await picture(hanako, 'form');
await act(hanako, 1, 'plan', 'submit');
report('a sheet that was submitted is sent back with a comment', wants([
  [(await act(kacho, 1, 'plan', 'return', '趣旨に、めざす状態をもう一つ書いてください。')).includes('差し戻しました'), 'not sent back'],
]));
await hanako.goto(sheet(1));
report('the one who writes sees the comment', wants([
  [(await words(hanako)).includes('めざす状態をもう一つ'), 'no comment'],
]));
await hanako.goto(sheet(1, '/plan'));
await blank(hanako, 'purpose').fill('だれもが孤立せず、困りごとを地域で支え合い、担い手が続くまちにする。');
await save(hanako);
report('every plan is submitted by one and approved by another', await approveAll('plan'));
// ---- what was promised last year: adopted, dropped, carried or done ----
const decisions = [
  { fate: 'adopted', number: '1', line: '地域活動の検討会の開催' },
  { fate: 'dropped', reason: '会場がなくなったため' },
  { fate: 'carried', reason: '人手がそろうのを待つため' },
  { fate: 'done' },
];

await kikaku.goto(`${board}/commitments`);
const promises = await kikaku.locator('section.promises').evaluateAll((all) => all.map((e) => e.id));
for (const [k, id] of promises.entries()) {
  const choice = decisions[Math.min(k, decisions.length - 1)];
  const form = kikaku.locator(`section[id="${id}"] form`);

  await kikaku.goto(`${board}/commitments`);
  await form.locator(`[id="${choice.fate}-${id}"]`).check();
  if (choice.number) await form.locator('select').selectOption(choice.number);
  if (choice.line) await form.locator('input[name="line"]').fill(choice.line);
  if (choice.reason) await form.locator('textarea').fill(choice.reason);
  await Promise.all([kikaku.waitForNavigation(), form.locator('button').click()]);
}
await kikaku.goto(board);
report('every promise of last year is decided on', wants([
  [promises.length > 0, 'there is none'],
  [(await words(kikaku)).includes('決まっていないもの 0'), (await words(kikaku)).slice(0, 200)],
]));
report('planning proposes', wants([[(await move(kikaku, '案として提出する')).includes('案'), 'not proposed']]));
report('the mayor adopts', wants([[(await move(kucho, '策定する')).includes('策定済み'), 'not adopted']]));
await hanako.goto(at(`/o/minamo/${YEAR}`));
report('the adopted plan is public', wants([[(await hanako.title()).includes('令和7年度'), await hanako.title()]]));

// ---- 中間振り返り: two write at once; one review is not held ----
await move(kikaku, '中間振り返りを始める');
await hanako.goto(sheet(1, '/midyear'));
await taro.goto(sheet(1, '/midyear'));
for (const page of [hanako, taro]) {
  for (const mark of await page.locator('select[name^="outlook"]').all()) await mark.selectOption('ok');
}
await hanako.selectOption('#f-outlook_goal', 'not_ok');
await blank(hanako, 'midyear_improvement').fill('参加者が若い世代に広がっていない。');
await blank(hanako, 'midyear_cause').fill('平日の昼に開いているため');
await blank(hanako, 'midyear_measure').fill('休日の朝の回を設ける。');
await blank(hanako, 'midyear_owner').fill('窓口課');
await blank(hanako, 'midyear_due').fill('令和7年12月26日');
await save(hanako);
await blank(taro, 'midyear_improvement').fill('若い世代の参加が少ない。');
await save(taro);
report('two who write at once are asked which text is to stay', wants([
  [(await words(taro)).includes('ほかの人の変更と重なりました'), (await words(taro)).slice(0, 200)],
]));
report('choices are told in words', wants([
  [(await words(taro)).includes('× できない見込み'), 'not in words'],
]));
await picture(taro, 'conflict');
for (const pick of await taro.locator('input[value="theirs"]').all()) await pick.check();
await Promise.all([taro.waitForNavigation(), taro.click('.conflict button.main')]);
report('the other\'s text stays where that was chosen', wants([
  [(await blank(taro, 'midyear_improvement').inputValue()).includes('広がっていない'), 'it does not'],
]));
const last = numbers.at(-1);
for (const number of numbers.slice(1, -1)) {
  await hanako.goto(sheet(number, '/midyear'));
  for (const mark of await hanako.locator('select[name^="outlook"]').all()) await mark.selectOption('ok');
  await save(hanako);
}
report('a review that is not held is signed as such', wants([
  [(await act(kacho, last, 'midyear', 'skip', '年度の後半に始める取組のため')).includes('署名しました'), 'not signed'],
]));
report('every other review is approved', await approveAll('midyear', [last]));
report('the reviews are closed', wants([[(await move(kikaku, '中間振り返りを締める')).includes('中間振り返り済み'), 'not closed']]));

// ---- 自己評価: every planned line is told of ----
await move(kikaku, '自己評価を始める');

async function tell(number) {
  await hanako.goto(sheet(number, '/evaluation'));
  for (const row of await hanako.locator('fieldset.row[id^="row-result."]').all()) {
    const planned = await row.getAttribute('data-planned');

    await row.locator('select').selectOption('done');
    if (planned) await row.locator('input[name$=".quantity"]').fill(planned);
  }
  for (const row of await hanako.locator('fieldset.row[id^="row-actual."]').all()) {
    const facts = (await row.locator('.row-facts').count()) ? await row.locator('.row-facts').first().innerText() : '';
    const target = facts.match(/目標値: ([\d.]+)/);

    if (target) await row.locator('input[name$=".value"]').fill(target[1]);
    else await row.locator('textarea[name$=".note"]').fill('数値では測っていないため');
  }
  await hanako.selectOption('#f-mark', 'met');
}

for (const number of numbers.slice(1)) {
  await tell(number);
  await save(hanako);
}
await tell(1);
{
  const row = hanako.locator(`[id="row-result.${meeting}"]`);

  await row.locator('input[name$=".quantity"]').fill('17');
  report('17 of 24 says at once how many are missing', wants([
    [(await row.locator('.short-by').innerText()).includes('7'), 'it does not'],
  ]));
}
await save(hanako);
report('17 of 24 asks why', wants([
  [(await hanako.locator('details.missing').innerText()).includes('提出までに書く欄'), 'nothing is missing'],
  [(await hanako.locator('.missing li', { hasText: '計画より少なかった理由' }).count()) === 1, 'the reason is not asked'],
]));
await hanako.goto(sheet(1));
{
  const says = await act(hanako, 1, 'evaluation', 'submit');

  report('without the reason it cannot be submitted', wants([[says.includes('必須の欄'), says.slice(0, 200)]]));
}
await hanako.goto(sheet(1, '/evaluation'));
await blank(hanako, `result.${meeting}.reason`).fill('会場が使えない月があったため');
{
  const rows = hanako.locator('fieldset.row[id^="row-result."]');
  const replaced = rows.nth(1), suspended = rows.nth(2);

  for (const row of [replaced, suspended]) await row.locator('summary').click();
  await replaced.locator('select').selectOption('replaced');
  await replaced.locator('input[name$=".replaced_by"]').fill('動画による紹介');
  await replaced.locator('textarea[name$=".reason"]').fill('紙面が減ったため');
  await suspended.locator('select').selectOption('suspended');
  await suspended.locator('input[name$=".quantity"]').fill('');
  await suspended.locator('textarea[name$=".reason"]').fill('感染症の広がりのため');
  await suspended.locator('input[name$=".from"]').fill('令和8年1月13日');
  await suspended.locator('input[name$=".order"]').fill('市の対策本部');
}
await hanako.locator('input[name="actual.i1.value"]').fill('30');
await hanako.selectOption('#f-mark', 'not_met');
await blank(hanako, 'improvement').fill('活動を知る人が増えなかった。休日の回を増やし、学校と組んで伝える。');
await blank(hanako, 'cause').fill('平日の昼の開催が多かったため');
await blank(hanako, 'measure').fill('休日の回を倍にする。');
await blank(hanako, 'owner').fill('窓口課');
await blank(hanako, 'due').fill('2026-09-30');
await save(hanako);
await hanako.locator('.verdicts').scrollIntoViewIfNeeded();
report('the verdict of the numbers stands beside the mark', wants([
  [(await hanako.locator('.verdicts').innerText()).includes('未達成'), 'it does not'],
]));
await picture(hanako, 'evaluation');
report('every self-evaluation is approved', await approveAll('evaluation'));
report('the evaluation is completed', wants([[(await move(kikaku, '自己評価を締める')).includes('自己評価済み'), 'not completed']]));
report('the mayor publishes', wants([[(await move(kucho, '公表する')).includes('公表済み'), 'not published']]));
await hanako.goto(at(`/o/minamo/${YEAR}/1`));
report('everybody can read it', wants([
  [(await words(hanako)).includes('休日の回を増やし'), 'not there'],
  [(await words(hanako)).includes('24回 → 17回'), 'the shortfall is not shown'],
  [(await words(hanako)).includes('会場が使えない月があったため'), 'its reason is not shown'],
  [(await words(hanako)).includes('市の対策本部'), 'the suspension is not shown'],
  [(await words(hanako)).includes('休日の回を倍にする'), 'the measure is not shown'],
]));
await picture(hanako, 'published');

// ---- a correction after publication ----
await move(kikaku, '訂正のために開き直す', '実績の数え方に誤りがあったため');
await act(kikaku, 1, 'evaluation', 'reopen', '検討会の回数を数え直すため');
await hanako.goto(sheet(1, '/evaluation'));
await blank(hanako, `result.${meeting}.quantity`).fill('18');
await save(hanako);
await act(hanako, 1, 'evaluation', 'submit');
await act(kacho, 1, 'evaluation', 'approve');
report('a correction is published with its reason', wants([
  [(await move(kucho, '訂正を公表する', '検討会の回数を17回から18回に訂正する。')).includes('公表済み'), 'not published'],
]));
await hanako.goto(at(`/o/minamo/${YEAR}/1`));
report('the corrected figure is public', wants([[(await words(hanako)).includes('24回 → 18回'), 'it is not']]));

// ---- the next year ----
await kikaku.goto(at('/w/minamo'));
await kikaku.fill('[name="year"]', String(YEAR + 1));
await kikaku.check('#way-roll');
await press(kikaku, '始める');
await kikaku.goto(at(`/w/minamo/${YEAR + 1}/1`));
report('next year begins where this one ended', wants([
  [(await words(kikaku)).includes('地域活動の検討会の開催'), 'the line is not there'],
  [(await words(kikaku)).includes('30'), 'the result has not become the baseline'],
]));
await kikaku.goto(at(`/w/minamo/${YEAR + 1}/commitments`));
report('what was promised waits for an answer', wants([
  [(await words(kikaku)).includes('休日の回を増やし'), 'the promise is not there'],
]));
await picture(kikaku, 'promises');

// ---- all of it stands in the history ----
await hanako.goto(at(`/o/minamo/${YEAR}/history`));
{
  const says = await words(hanako);

  report('the history tells of the correction and its reason', wants([
    [says.includes('18回に訂正する'), says.slice(0, 300)],
  ]));
}
for (const page of Object.values(who)) report(`${page.login}: no script failed`, page.faults);
await browser.close();
server.stop();
report('every record of the year is as it was saved', wants([[verified(data) > 60, 'too few records']]));
done();
