// node raw.mjs http://127.0.0.1:PORT [drip]: sends the bytes of standard input as they are and prints what
// comes back until the other side closes. With `drip`, one byte every quarter of a second.
import net from 'node:net';
import { readFileSync } from 'node:fs';

const bytes = readFileSync(0);
const socket = net.connect(Number(new URL(process.argv[2]).port), '127.0.0.1');
socket.on('data', (data) => process.stdout.write(data));
socket.on('close', () => process.exit(0));
socket.on('error', () => process.exit(0));
setTimeout(() => process.exit(1), 20000);
if (process.argv[3] === 'drip') {
  let at = 0;
  setInterval(() => at < bytes.length && socket.write(bytes.subarray(at, ++at)), 250);
} else {
  socket.write(bytes);
}
