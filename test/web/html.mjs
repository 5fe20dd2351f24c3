// The Nu HTML checker, run once over all pages: starting Java costs more than a page.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const jar = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');

// A deep stack for deep pages. It runs for seconds: the second compiler and the collector that
// works beside it would cost more than they give.
const JAVA = ['-Xss4m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

// pages: Map of a name to the bytes of a page. Gives a Map of the name to its faults.
export function htmlFaults(pages) {
  const dir = mkdtempSync(join(tmpdir(), 'meguri-html-'));
  const names = [...pages.keys()];
  const faults = new Map(names.map((name) => [name, []]));
  try {
    names.forEach((name, i) => writeFileSync(join(dir, `${i}.html`), pages.get(name)));
    const report = execFileSync(
      'java',
      [...JAVA, '-jar', jar, '--format', 'json', '--stdout', '--exit-zero-always', dir],
      { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    for (const m of JSON.parse(report).messages) {
      const page = faults.get(names[Number(m.url.match(/(\d+)\.html$/)[1])]);
      page.push(`${m.lastLine ?? 0}:${m.firstColumn ?? 0} ${m.message} ${m.extract ?? ''}`.replaceAll('\n', ' '));
    }
  } finally {
    rmSync(dir, { recursive: true });
  }
  return faults;
}
