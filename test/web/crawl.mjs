// Follows every link from a page on, as a reader or as somebody who is signed in.
const CRAWL_MAX = 3000; // pages; the sample has far fewer

// Everything is asked for; of what `mayFollow` takes, the links are followed too. `headers` say who
// asks. Gives the pages, by path, and what is wrong: what is not there, or no JSON.
export async function crawl(origin, path, { headers = {}, mayFollow = () => true } = {}) {
  const pages = new Map();
  const faults = [];
  const todo = [{ url: origin + path, from: 'the start' }];
  const seen = new Set(todo.map((link) => link.url));
  for (const link of todo) {
    if (pages.size > CRAWL_MAX) return { pages, faults: [`more than ${CRAWL_MAX} pages`] };
    const response = await fetch(link.url, { headers: { 'accept-language': 'ja', ...headers } });
    const body = await response.text();
    if (!response.ok) faults.push(`${response.status} ${link.url} on ${link.from}`);
    const type = response.headers.get('content-type') ?? '';
    if (type.startsWith('application/json') && !isJson(body)) faults.push(`not JSON: ${link.url}`);
    if (!type.startsWith('text/html') || !mayFollow(new URL(link.url))) continue;
    pages.set(link.url.slice(origin.length), body);
    for (const url of linksOf(body, link.url)) {
      if (new URL(url).origin !== origin || seen.has(url)) continue;
      seen.add(url);
      todo.push({ url, from: link.url });
    }
  }
  return { pages, faults };
}

function linksOf(body, base) {
  return [...body.matchAll(/<(?:a|link)\b[^>]*? href="([^"]*)"/g)].map(([, href]) => {
    const url = new URL(href.replaceAll('&amp;', '&'), base);
    url.hash = '';
    // The way back after signing in makes every page another one: one of them is enough.
    if (url.pathname === '/sign-in') url.searchParams.delete('to');
    return url.href;
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
