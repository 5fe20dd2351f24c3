// node json.mjs VALUE-FILE: answers what scripts ask of JSON, one after another, since starting node
// takes longer than the answer. A line of input is a file, a tab, an expression of JavaScript that
// calls the JSON of the file v. The value goes to VALUE-FILE as text, then a line says so.
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

function valueOf(file, expression) {
  try {
    return String(new Function('v', `return (${expression})`)(JSON.parse(readFileSync(file, 'utf8'))));
  } catch (fault) {
    return `${fault.name}: ${fault.message}`;
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const [file, ...expression] = line.split('\t');
  writeFileSync(process.argv[2], valueOf(file, expression.join('\t')));
  process.stdout.write('told\n');
}
