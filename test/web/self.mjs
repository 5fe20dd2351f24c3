// Tests the checks themselves, on pages of our own with one planted fault each: the check that
// should find it does, and the others find nothing.
import { createServer } from 'node:http';
import { launch } from './browser.mjs';
import * as checks from './checks.mjs';
import { htmlFaults } from './html.mjs';
import { done, report } from './tap.mjs';

function page({ lang = 'ja', style = '', skip = '<a href="#main">skip</a>', main = '<p>text</p>', end = '' }) {
  return `<!DOCTYPE html><html lang="${lang}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>page</title><style>${style}</style></head>
<body>${skip}<main id="main"><h1>heading</h1>${main}</main>${end}</body></html>`;
}

const rows = (n) => `<table><tbody>${'<tr><th scope="row">one</th><td>two</td></tr>'.repeat(n)}</tbody></table>`;

// what is planted: [the page, the one check that must find it]
const PLANTED = {
  'nothing at all': [page({}), 'none'],
  'a wrong language': [page({ lang: 'fr' }), 'answers'],
  'Japanese words on an English page': [page({ lang: 'en', main: '<p>判定</p>' }), 'answers inEnglish'],
  'Japanese words that say so': [page({ lang: 'en', main: '<p lang="ja">判定</p>' }), 'answers'],
  'an id twice': [page({ main: '<p id="main">text</p>' }), 'html'],
  'an image without a text': [page({ main: '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">' }), 'onScreen onPaper html'],
  'faint text on paper': [page({ style: '@media print { p { color: #aaa } }' }), 'onPaper'],
  'faint text on paper in one language alone': [
    page({ lang: 'en', style: '@media print { p:lang(en) { color: #aaa } }' }), 'answers onPaper'],
  'text that a style of a script hides': [
    page({ end: '<script>const s = new CSSStyleSheet(); s.replaceSync("p { display: none }"); document.adoptedStyleSheets = [s]</script>' }), 'withoutScript'],
  'text that a class of a script hides': [
    page({ style: '.done p { display: none }', end: '<script>document.body.className = "done"</script>' }), 'withoutScript'],
  'text for those without script': [page({ main: '<p>text</p><noscript><p>more</p></noscript>' }), 'withoutScript'],
  'faint text on the screen': [page({ style: '@media screen { p { color: #aaa } }' }), 'onScreen'],
  'a script that fails': [page({ end: '<script>nowhere()</script>' }), 'quiet'],
  'a request to another host': [page({ end: '<script src="http://127.0.0.1:9/x.js"></script>' }), 'quiet'],
  'a wide block': [page({ main: '<p style="width: 500px">text</p>' }), 'onPhone'],
  'text that only a script writes': [page({ end: '<script>document.querySelector("p").append("more")</script>' }), 'withoutScript'],
  'no skip link': [page({ skip: '<a href="/">home</a>' }), 'fromKeyboard'],
  'a skip link that never shows': [page({ style: 'body > a { position: absolute; left: -999px }' }), 'fromKeyboard'],
  'a script that keeps the keys to itself': [
    page({ end: '<script>addEventListener("keydown", (e) => e.stopImmediatePropagation(), true)</script>' }), 'fromKeyboard'],
  'a script that takes the Tab key': [
    page({ end: '<script>addEventListener("keydown", (e) => e.preventDefault())</script>' }), 'fromKeyboard'],
  'the twelfth stop that cannot be seen': [
    page({ style: 'a:nth-of-type(11):focus { outline: none }', main: `<p>${'<a href="/">home</a> '.repeat(13)}</p>` }), 'fromKeyboard'],
  // Parts that look alike are looked at once: what is different in one of many is still seen.
  'forty rows': [page({ main: rows(40) }), 'none'],
  'faint text in the fortieth row': [page({ style: 'tr:nth-child(40) td { color: #aaa }', main: rows(40) }), 'onScreen onPaper'],
  'the same rows on a dark ground': [page({ style: 'table { background: #555 }', main: rows(40) }), 'onScreen onPaper'],
  'a link without a name in the fourth line': [
    page({ main: `<ul>${['one', 'two', 'three', ''].map((word) => `<li><a href="/"><span>${word}</span></a></li>`).join('')}</ul>` }), 'onScreen onPaper'],
  'a field without a label beside one that has it': [
    page({ main: '<ul><li><input id="a" name="a"></li><li><input id="b" name="b"></li></ul><p><label for="a">name</label></p>' }), 'onScreen onPaper'],
  'a field whose label stands elsewhere': [page({ main: '<ul><li><input id="c" name="c"></li></ul><p><label for="c">name</label></p>' }), 'none'],
  'the same field, whose label is gone': [page({ main: '<ul><li><input id="c" name="c"></li></ul><p>name</p>' }), 'onScreen onPaper'],
  'a link without a name on paper alone': [
    page({ style: '@media print { a span { display: none } }', main: '<p><a href="/"><span>home</span></a></p>' }), 'onPaper'],
  'a wide block on phones alone': [
    page({ style: '@media (max-width: 400px) { p { width: 500px } }' }), 'onPhone'],
  'focus that cannot be seen': [page({ style: 'p a:focus { outline: none }', main: '<p><a href="/">home</a></p>' }), 'fromKeyboard'],
};

const paths = Object.keys(PLANTED);
const server = createServer((request, response) => {
  const body = PLANTED[paths[Number(request.url.slice(1))]]?.[0];
  if (!body) return response.writeHead(204).end(); // favicon.ico, which Chromium asks for by itself
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(body);
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await launch({ isStill: true });
const tabs = await checks.windows(browser, 'ja');
// Of pages that are alike the HTML checker sees one; what could be wrong in a link keeps them apart.
const link = (href, main = '') => page({ main: `<p>${main}<a href="${href}">link</a></p>` });
const LINKS = {
  'good': [link('/?a=1&amp;b=%20'), true],
  'good as well': [link('/?c=2&amp;b=%E3'), true],
  'no escape': [link('/?a=1&amp;b=%2x'), false],
  'no character': [link('/?a=1&#0;b=%20'), false],
  'no host': [link('http://a b/'), false],
  'an id twice': [link('/one', '<b id="main">b</b>'), false],
  'the same id twice': [link('/two', '<b id="main">b</b>'), false],
  'another text': [link('/one', '<b id="mine">b</b>'), true],
};
const html = htmlFaults(new Map([
  ...paths.map((name) => [name, PLANTED[name][0]]),
  ...Object.entries(LINKS).map(([name, [body]]) => [`link: ${name}`, body]),
]));
for (const [name, [, isValid]] of Object.entries(LINKS)) {
  const faults = html.get(`link: ${name}`);
  report(`a page with a link, ${name}, is ${isValid ? 'valid' : 'not valid'}`,
    (faults.length === 0) === isValid ? [] : [`${faults.length} faults`, ...faults]);
}

for (const [i, name] of paths.entries()) {
  const url = `${origin}/${i}`;
  const found = { answers: (await checks.answers(url, 'ja')).faults, html: html.get(name) };
  Object.assign(found, await checks.inspect(tabs, url));
  const finders = Object.keys(found).filter((check) => found[check].length > 0);
  const wanted = PLANTED[name][1].split(' ').filter((check) => check !== 'none');
  const isRight = finders.length === wanted.length && wanted.every((check) => finders.includes(check));
  report(`the checks find ${name}`, isRight ? [] : [`found by: ${finders}`, ...Object.values(found).flat()]);
}
await browser.close();
server.close();
done();
