// Follows every link from a page on, as a reader or as somebody who is signed in.
const CRAWL_MAX = 3000; // pages; the sample has far fewer

const ALIKE_MAX = 12; // links that are asked for and not followed, to one path with the same parameters

// Everything is asked for; of what `mayFollow` takes, the links are followed too, of the rest some of
// those that differ in values alone (a calendar leads to a form from each of its days). `headers` say
// who asks. Gives the pages, by path, and what is wrong: what is not there, or no JSON.
export async function crawl(origin, path, { headers = {}, mayFollow = () => true } = {}) {
  const pages = new Map();
  const faults = [];
  const todo = [{ url: new URL(path, origin), from: 'the start' }];
  const seen = new Set([sameAs(todo[0].url)]);
  const asked = new Map(); // path and names of parameters: how often
  for (const { url, from } of todo) {
    if (pages.size > CRAWL_MAX) return { pages, faults: [`more than ${CRAWL_MAX} pages`] };
    const response = await fetch(url, { headers: { 'accept-language': 'ja', ...headers } });
    const body = await response.text();
    if (!response.ok) faults.push(`${response.status} ${url} on ${from}`);
    const type = response.headers.get('content-type') ?? '';
    if (type.startsWith('application/json') && !isJson(body)) faults.push(`not JSON: ${url}`);
    if (!type.startsWith('text/html') || !mayFollow(url)) continue;
    pages.set(url.pathname + url.search, body);
    for (const link of linksOf(body, url)) {
      if (link.origin !== origin || seen.has(sameAs(link))) continue;
      seen.add(sameAs(link));
      if (mayFollow(link) || isFew(asked, link)) todo.push({ url: link, from: url });
    }
  }
  return { pages, faults };
}

// Addresses of one page have one name: parameters have no order, and Japanese is asked for anyway.
function sameAs(url) {
  const same = new URL(url);
  if (same.searchParams.get('lang') === 'ja') same.searchParams.delete('lang');
  same.searchParams.sort();
  return same.href;
}

function isFew(asked, url) {
  const key = `${url.pathname}?${[...url.searchParams.keys()].sort()}`;
  asked.set(key, (asked.get(key) ?? 0) + 1);
  return asked.get(key) <= ALIKE_MAX;
}

function linksOf(body, base) {
  return [...body.matchAll(/<(?:a|link)\b[^>]*? href="([^"]*)"/g)].map(([, href]) => {
    const url = new URL(href.replaceAll('&amp;', '&'), base);
    url.hash = '';
    // The way back after signing in makes every page another one: one of them is enough.
    if (url.pathname === '/sign-in') url.searchParams.delete('to');
    return url;
  });
}

function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

// A path of the crawled pages that the route answers: its own example, or, where the example names
// what only the data know, the first page that was linked. `routes` are all; null when none is.
export function linkedPath(route, routes, pages) {
  if (pages.has(route.example)) return route.example;
  const pattern = new RegExp(`^${route.path.replaceAll(/:\w+/g, '[^/?]+')}$`);
  const names = new Set(routes.map((other) => other.path));
  return [...pages.keys()].find((path) => pattern.test(path) && !names.has(path)) ?? null;
}
