// node sink.mjs FOLDER: a mail relay on a free port of this machine, which it prints. Each mail that it takes
// becomes a file of FOLDER, as it came. It does not know nobody@..., and hangs up after a mail to hangup@...
import net from 'node:net';
import { writeFileSync } from 'node:fs';

let mails = 0;
net
  .createServer((socket) => {
    let waiting = '', data = null, to = '';
    const say = (line) => socket.write(line + '\r\n');
    const take = (line) => {
      if (data !== null) {
        if (line !== '.') return void (data += line + '\r\n');
        writeFileSync(`${process.argv[2]}/${++mails}.eml`, data, 'latin1');
        data = null;
        return to.includes('hangup@') ? void socket.destroy() : say('250 2.0.0 taken');
      }
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'EHLO') socket.write('250-sink\r\n250-8BITMIME\r\n250 PIPELINING\r\n');
      else if (verb === 'RCPT') (to = line), say(line.includes('nobody@') ? '550 5.1.1 no such person' : '250 2.1.5 fine');
      else if (verb === 'DATA') (data = ''), say('354 go on');
      else if (verb === 'QUIT') say('221 bye'), socket.end();
      else say(verb === 'MAIL' || verb === 'RSET' ? '250 fine' : '502 what?');
    };
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      waiting += bytes.toString('latin1');
      for (let at; (at = waiting.indexOf('\r\n')) >= 0; waiting = waiting.slice(at + 2)) take(waiting.slice(0, at));
    });
    say('220 sink ready');
  })
  .listen(0, '127.0.0.1', function () {
    console.log(this.address().port);
  });
setTimeout(() => process.exit(1), 60000);
