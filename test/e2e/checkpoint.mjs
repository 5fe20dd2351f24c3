// node checkpoint.mjs NOTE VERIFIER [PAGE.json]: reads a signed note and a public key with nothing
// of meguri's own, and ends with 0 when the signature is good. With the JSON of a record's page
// also: the record's bytes lead through the proof to the very root that is signed.
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
const fail = (why) => {
  console.log(why);
  process.exit(1);
};

const [file, key, page] = process.argv.slice(2);
const note = readFileSync(file, 'utf8');
const [text, signatures] = [note.slice(0, note.indexOf('\n\n') + 1), note.slice(note.indexOf('\n\n') + 2)];
const [name, id, ...rest] = key.trim().split('+');
const packed = Buffer.from(rest.join('+'), 'base64');
const raw = packed.subarray(1);
if (packed[0] !== 1 || raw.length !== 32) fail('not an Ed25519 key');
if (sha256(Buffer.from(`${name}\n`), packed).toString('hex').slice(0, 8) !== id) fail('the id is not the key’s');

// RFC 8410: the bytes before an Ed25519 key in its SubjectPublicKeyInfo.
const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]);
const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
const good = signatures.split('\n').some((line) => {
  const [dash, by, value] = line.split(' ');
  const bytes = Buffer.from(value ?? '', 'base64');
  return (
    dash === '—' && by === name && bytes.subarray(0, 4).toString('hex') === id &&
    verify(null, Buffer.from(text), publicKey, bytes.subarray(4))
  );
});
if (!good) fail('the signature is not good');

if (page) {
  const record = JSON.parse(readFileSync(page, 'utf8'));
  let value = sha256(Buffer.from([0]), Buffer.from(record.bytes));
  if (value.toString('hex') !== record.hash) fail('the bytes do not give the hash');
  for (const { side, hash } of record.proof.path) {
    const other = Buffer.from(hash, 'hex');
    value = side === 'left' ? sha256(Buffer.from([1]), other, value) : sha256(Buffer.from([1]), value, other);
  }
  const [, size, root] = text.split('\n');
  if (Number(size) !== record.proof.size) fail('the proof is to another size');
  if (value.toString('base64') !== root) fail('the proof does not lead to the signed root');
}
console.log('good');
