// The program under test as a child process: started on a free port, stopped by the test.
import { spawn, execFileSync } from 'node:child_process';

const program = new URL('../../build/meguri', import.meta.url).pathname;

// The program as a command.
export function meguri(args, input = '') {
  return execFileSync(program, args, { encoding: 'utf8', input });
}

// The routes that are pages: [{ path, example, who, ... }]; path is "/o/:org/:year". Examples that
// only the data know are taken from `data`.
export function pageRoutes(data = '/dev/null') {
  return meguri(['routes', '--format', 'json', '--data', data])
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
    .filter((route) => route.method === 'GET' && route.page);
}

export async function start(data) {
  const child = spawn(program, ['serve', '--data', data, '--listen', '127.0.0.1:0'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const origin = await new Promise((resolve, reject) => {
    const hear = (bytes) => {
      said += bytes;
      const address = said.match(/http:\/\/127\.0\.0\.1:\d+/);
      if (address) resolve(address[0]);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
    setTimeout(() => reject(new Error(`the server names no address: ${said}`)), 10000).unref();
  });
  process.on('exit', () => child.kill());
  return { origin, stop: () => child.kill() };
}
