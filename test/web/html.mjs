// The Nu HTML checker, run once over all pages: starting Java costs more than a page.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const jar = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');

// A deep stack for deep pages. It runs for seconds: the second compiler and the collector that
// works beside it would cost more than they give. It need not guess each
// page's language from its words: `answers` and `inEnglish` (checks.mjs) see to that.
const JAVA = ['-Xss4m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

// Two pages are alike to the checker when nothing differs but letters and digits in their links
// and hidden fields, as where a page is asked for with one line marked or another. References
// (&amp;), schemes and whatever is no %XX stay, since they can be wrong.
const LINK = /( (?:href|action)|<input type="hidden" name="[^"]*" value)="([^":]*)"/g;
const WORD = /(?<![&#%\w])(?:%[0-9A-Fa-f]{2}|\w)+/g;
const likeness = (page) => page.replace(LINK, (_, name, value) => `${name}="${value.replace(WORD, 'a')}"`);

// pages: Map of a name to the bytes of a page. Gives a Map of the name to its faults. Of pages that
// are alike one is checked, and its faults are those of each.
export function htmlFaults(pages) {
  const dir = mkdtempSync(join(tmpdir(), 'meguri-html-'));
  const alike = new Map(); // likeness: names
  for (const [name, page] of pages) {
    const key = likeness(page);
    alike.set(key, [...(alike.get(key) ?? []), name]);
  }
  const groups = [...alike.values()];
  const faults = new Map();
  try {
    for (const [i, names] of groups.entries()) {
      const told = []; // one list for all of them
      for (const name of names) faults.set(name, told);
      writeFileSync(join(dir, `${i}.html`), pages.get(names[0]));
    }
    const report = execFileSync(
      'java',
      [...JAVA, '-jar', jar, '--no-langdetect', '--format', 'json', '--stdout', '--exit-zero-always', dir],
      { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    for (const m of JSON.parse(report).messages) {
      const [name] = groups[Number(m.url.match(/(\d+)\.html$/)[1])];
      faults.get(name).push(`${m.lastLine ?? 0}:${m.firstColumn ?? 0} ${m.message} ${m.extract ?? ''}`.replaceAll('\n', ' '));
    }
  } finally {
    rmSync(dir, { recursive: true });
  }
  return faults;
}
