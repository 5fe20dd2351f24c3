// node form.mjs DATA: a sheet written in a real browser, and everything that can come between:
// two tabs, another's change, a double click, a lost network, a session that has ended; from the
// keyboard alone, without script, on a phone, on paper, for every checker. TAP to stdout.
import { launch, openWindow } from './browser.mjs';
import * as checks from './checks.mjs';
import { htmlFaults } from './html.mjs';
import { start } from './server.mjs';
import { blank, enter, giveSheets, peopleMake, PASSWORD, press, save, signIn, verified, wants, words } from './ward.mjs';
import { done, report } from './tap.mjs';

const data = process.argv[2];
const PLAN = '/w/minamo/2025/1/plan';

peopleMake(data);
const server = await start(data);
const browser = await launch();
const at = (path) => server.origin + path;
const kikaku = await enter(browser, server.origin, 'kikaku');

// ---- the sample's year, its sheets given to the section ----
await giveSheets(kikaku, at('/w/minamo/2025'));

const hanako = await enter(browser, server.origin, 'hanako');
const taro = await enter(browser, server.origin, 'taro');

// ---- saved ----
await hanako.goto(at(PLAN));
await blank(hanako, 'purpose').fill('待たせない窓口にする。');
await blank(hanako, 'indicator.i1.target').fill('４１．５０');
await save(hanako);
report('what was typed is saved, and the page says so', wants([
  [/保存しました \d\d:\d\d\(記録 [0-9a-f]{12}/.test(await words(hanako)), await words(hanako).then((t) => t.slice(0, 200))],
  [(await blank(hanako, 'purpose').inputValue()) === '待たせない窓口にする。', 'the purpose is not there'],
  [(await blank(hanako, 'indicator.i1.target').inputValue()) === '41.50', 'the decimals are lost'],
]));

// ---- a fault ----
await blank(hanako, 'indicator.i1.target').fill('約四割');
await blank(hanako, 'purpose').fill('消えてはならない文');
await save(hanako);
report('a fault stands beside its blank, linked at the head, and nothing is lost', wants([
  [await hanako.locator('[id="e-indicator.i1.target"]').isVisible(), 'no fault beside the blank'],
  [await hanako.locator('.errors a[href="#f-indicator.i1.target"]').isVisible(), 'no link'],
  [(await blank(hanako, 'indicator.i1.target').inputValue()) === '約四割', 'what was typed is gone'],
  [(await blank(hanako, 'purpose').inputValue()) === '消えてはならない文', 'another blank is gone'],
]));
await hanako.goto(at(PLAN));
report('what could not be saved is offered again', wants([
  [(await words(hanako)).includes('書きかけの内容があります'), 'no draft is offered'],
]));
await hanako.click('text=書きかけを使う');
report('the draft is there', wants([
  [(await blank(hanako, 'purpose').inputValue()) === '消えてはならない文', 'not the draft'],
]));
await hanako.goto(at(PLAN));
await press(hanako, '書きかけを捨てる');
report('a draft can be thrown away', wants([
  [!(await words(hanako)).includes('書きかけの内容があります'), 'it is still there'],
]));

// ---- rows ----
await press(hanako, '取組を加える');
{
  const row = await hanako.locator('[id^="f-activity.n"][id$=".text"]').getAttribute('name');
  const id = row.split('.')[1];
  const before = verified(data);

  await blank(hanako, row).fill('窓口の待ち時間の掲示');
  await blank(hanako, `activity.${id}.quantity`).fill('3回');
  await hanako.locator('.form-do button.main').dblclick();
  await hanako.waitForURL(/saved/);
  report('a row is added, and a double click is one record', wants([
    [verified(data) === before + 1, `${verified(data) - before} records`],
    [(await blank(hanako, `activity.${id}.unit`).inputValue()) === '回', 'the unit is not in its blank'],
  ]));
}

// ---- two tabs of one person ----
{
  const second = await hanako.context().newPage();

  await hanako.goto(at(PLAN));
  await second.goto(at(PLAN));
  await blank(hanako, 'outline').fill('一つ目のタブ');
  await save(hanako);
  await blank(second, 'title').fill('二つ目のタブで直した名前');
  await save(second);
  report('two tabs: both changes are there', wants([
    [(await blank(second, 'outline').inputValue()) === '一つ目のタブ', 'the first is lost'],
    [(await blank(second, 'title').inputValue()) === '二つ目のタブで直した名前', 'the second is lost'],
  ]));
  await second.close();
}

// ---- two people, one blank ----
await hanako.goto(at(PLAN));
await taro.goto(at(PLAN));
await blank(hanako, 'purpose').fill('花子が書いた趣旨');
await save(hanako);
await blank(taro, 'purpose').fill('太郎が書いた趣旨');
await blank(taro, 'outline').fill('太郎の概要');
await save(taro);
{
  const says = await words(taro);

  report('another\'s change to the same blank is shown with both texts', wants([
    [says.includes('ほかの人の変更と重なりました'), says.slice(0, 200)],
    [says.includes('花子が書いた趣旨') && says.includes('太郎が書いた趣旨'), 'not both texts'],
    [says.includes('担当 花子'), 'does not say whose'],
  ]));
  await taro.evaluate(() => document.activeElement.blur());
  report('the conflict page is accessible', await checks.axeFaults(taro));
  await taro.check('#p-new-1');
  await taro.fill('[name="new.1"]', '二人で決めた趣旨');
  await Promise.all([taro.waitForNavigation(), taro.click('.conflict button.main')]);
  report('what was chosen is saved, and nothing else is lost', wants([
    [(await blank(taro, 'purpose').inputValue()) === '二人で決めた趣旨', 'not what was chosen'],
    [(await blank(taro, 'outline').inputValue()) === '太郎の概要', 'the other blank is lost'],
  ]));
}

// ---- the network goes ----
{
  const context = hanako.context();
  const before = verified(data);

  await hanako.goto(at(PLAN));
  await blank(hanako, 'purpose').fill('電車の中で書いた文');
  await context.setOffline(true);
  await hanako.locator('.form-do button.main').click();
  await hanako.waitForTimeout(500);
  await context.setOffline(false);
  await hanako.goto(at(PLAN));
  report('a save without network: the text is still there', wants([
    [(await blank(hanako, 'purpose').inputValue()) === '電車の中で書いた文', 'it is lost'],
    [verified(data) === before, 'something was saved'],
  ]));
  // the answer is lost on its way, the save is not
  await hanako.route('**/plan', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    await route.fetch({ maxRedirects: 0 });
    return route.abort();
  });
  await hanako.locator('.form-do button.main').click();
  await hanako.waitForTimeout(500);
  await hanako.unroute('**/plan');
  await hanako.goto(at(PLAN));
  await save(hanako);
  report('an answer lost in mid-save: one record', wants([
    [verified(data) === before + 1, `${verified(data) - before} records`],
    [(await blank(hanako, 'purpose').inputValue()) === '電車の中で書いた文', 'not the text'],
  ]));
}

// ---- the session ends ----
await taro.goto(at(PLAN));
await blank(taro, 'purpose').fill('席を離れていた間の文');
await taro.context().clearCookies();
await save(taro);
report('a session that has ended asks for the password', wants([
  [await taro.locator('#f-password').isVisible(), 'no sign-in page'],
]));
await signIn(taro);
report('after signing in again the save goes on', wants([
  [(await words(taro)).includes('保存しました'), (await words(taro)).slice(0, 200)],
  [(await blank(taro, 'purpose').inputValue()) === '席を離れていた間の文', 'what was typed is lost'],
]));

// ---- typed, and not saved ----
await taro.goto(at(PLAN));
await blank(taro, 'purpose').fill('まだ途中の');
await taro.waitForFunction(() => document.querySelector('.form-state')?.textContent.includes('書きかけ'), null, { timeout: 8000 });
{
  const other = await taro.context().newPage();

  await other.goto(at(PLAN));
  report('what is being typed is kept as a draft', wants([
    [(await words(other)).includes('書きかけの内容があります'), 'no draft'],
  ]));
  await press(other, '書きかけを捨てる');
  await other.close();
}

// ---- the keyboard alone ----
{
  const page = await openWindow(browser, { locale: 'ja' });
  const to = async (id) => {
    for (let k = 0; k < 600; k++) {
      if (await page.evaluate((want) => document.activeElement?.id === want, id)) return true;
      await page.keyboard.press('Tab');
    }
    return false;
  };
  let reached = true;

  await page.goto(at(PLAN));
  reached &&= await to('f-login');
  await page.keyboard.type('hanako');
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  reached &&= await to('f-title');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('kii boodo dake');
  reached &&= await to('f-indicator.i1.comparison');
  await page.keyboard.press('ArrowDown');
  reached &&= await to('f-activity.p1.quantity');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('9');
  for (let k = 0; k < 600; k++) {
    if (await page.evaluate(() => document.activeElement?.matches('.form-do button'))) break;
    await page.keyboard.press('Tab');
  }
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  report('the whole way from the keyboard alone', wants([
    [reached, 'a blank cannot be reached'],
    [(await words(page)).includes('保存しました'), 'not saved'],
    [(await blank(page, 'title').inputValue()) === 'kii boodo dake', 'the name is not what was typed'],
    [(await blank(page, 'activity.p1.quantity').inputValue()) === '9', 'the quantity is not'],
  ]));
  await page.context().close();
}

// ---- without script ----
{
  const page = await enter(browser, server.origin, 'hanako', { javaScriptEnabled: false });

  await page.goto(at(PLAN));
  await blank(page, 'purpose').fill('スクリプトなしで書いた文');
  await press(page, '目標を加える');
  report('a row is added without script, and what was typed stays', wants([
    [(await blank(page, 'purpose').inputValue()) === 'スクリプトなしで書いた文', 'it is lost'],
    [(await page.locator('[id^="f-indicator.n"][id$=".name"]').count()) === 1, 'no new row'],
  ]));
  await save(page);
  report('saved without script', wants([[(await words(page)).includes('保存しました'), 'not saved']]));
  await page.context().close();
}

// ---- every checker, both languages ----
{
  const html = new Map();
  const paths = ['/w/minamo/2025/1', PLAN, '/w/minamo/2025/1/midyear', '/w/minamo/2025/1/evaluation'];
  const still = await launch({ isStill: true });
  const promises = { onScreen: 'accessible on screen', inEnglish: 'in one language', onPaper: 'accessible on paper', onPhone: 'fits 320 px', fromKeyboard: 'usable from the keyboard' };

  for (const lang of ['ja', 'en']) {
    const tabs = await checks.windows(still, lang, await hanako.context().cookies());

    for (const path of paths) {
      const found = await checks.inspect(tabs, at(path));

      for (const [promise, says] of Object.entries(promises)) report(`${lang} ${path}: ${says}`, found[promise]);
      html.set(`${lang} ${path}`, await (await tabs.page.request.get(at(path), { headers: { 'accept-language': lang } })).text());
    }
  }
  await still.close();
  for (const [name, faults] of htmlFaults(html)) report(`${name}: valid HTML`, faults);
}

for (const page of [hanako, taro, kikaku]) report(`${page.login}: no script failed`, page.faults);
await browser.close();
server.stop();
report('every record is as it was saved', wants([[verified(data) > 0, 'no record']]));
done();
