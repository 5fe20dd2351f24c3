// The people of the sample ward: accounts made with `meguri user`, signed in in a browser.
import { execFileSync } from 'node:child_process';
import { openWindow } from './browser.mjs';

const program = new URL('../../build/meguri', import.meta.url).pathname;
export const PASSWORD = 'natsu-no-yoru-no-kakigoori';

// Who is there: [login, name, duty, organisation].
export const PEOPLE = [
  ['hanako', '担当 花子', 'editor', 'mado'],
  ['taro', '担当 太郎', 'editor', 'mado'],
  ['kacho', '窓口課長', 'head', 'mado'],
  ['kikaku', '企画担当', 'planning', 'minamo'],
  ['kucho', '区長', 'mayor', 'minamo'],
  ['kocho', '広聴担当', 'listener', 'minamo'],
];

export function meguri(data, ...args) {
  return run(data, args, '');
}

// What a command reads is given only to the one that reads it: another may have ended already.
function run(data, args, input) {
  return execFileSync(program, [...args, '--data', data], { encoding: 'utf8', input });
}

export function peopleMake(data) {
  meguri(data, 'org', 'add', 'mado', '窓口課', '--parent', 'minamo', '--kind', 'section');
  for (const [login, name, duty, org] of PEOPLE) {
    meguri(data, 'user', 'add', login, '--name', name);
    run(data, ['user', 'password', login], `${PASSWORD}\n`);
    meguri(data, 'user', 'grant', login, duty, '--org', org);
  }
}

// How many records there are; the log must be whole.
export function verified(data) {
  const says = meguri(data, 'verify');

  if (!says.includes('保存したときのままです')) throw new Error(says);
  return Number(says.match(/記録 ([\d,]+)件/)[1].replace(',', ''));
}

// A window in which somebody is signed in.
export async function enter(browser, origin, login, options = {}) {
  const page = await openWindow(browser, { locale: 'ja', ...options });

  page.login = login;
  page.faults = [];
  page.on('pageerror', (e) => page.faults.push(`script: ${e.message}`));
  await page.goto(`${origin}/sign-in`);
  await signIn(page);
  return page;
}

export async function signIn(page) {
  await page.fill('#f-login', page.login);
  await page.fill('#f-password', PASSWORD);
  await Promise.all([page.waitForNavigation(), page.click('form.form button.main')]);
}

// A blank of the form by its name.
export const blank = (page, name) => page.locator(`[id="f-${name}"]`);

// What says the main part of the page?
export const words = (page) => page.locator('main').innerText();

export async function save(page) {
  await Promise.all([page.waitForNavigation(), page.locator('.form-do button.main').click()]);
}

// Gives every sheet of a year to the section of these people; the sheets' numbers.
export async function giveSheets(page, board) {
  await page.goto(board);
  const boxes = page.locator('input[name^="sheet."]');
  const numbers = await boxes.evaluateAll((all) => all.map((e) => Number(e.name.split('.')[1])));

  for (const box of await boxes.all()) await box.check();
  await page.selectOption('#assign-section', 'mado');
  await Promise.all([
    page.waitForNavigation(),
    page.locator('form', { has: page.locator('#assign-section') }).locator('button').click(),
  ]);
  return numbers;
}

// Presses a button by its words; a list, if there are several: the first.
export async function press(page, text) {
  await Promise.all([
    page.waitForNavigation(),
    page.locator('main button', { hasText: text }).first().click(),
  ]);
}

// TAP names a fault for what should be and is not.
export function wants(list) {
  return list.filter(([is]) => !is).map(([, says]) => says);
}
