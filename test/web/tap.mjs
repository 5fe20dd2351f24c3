// TAP, as every test of the project prints it.
let count = 0;
let failed = 0;

export function report(name, faults) {
  for (const fault of faults.slice(0, 20)) console.log(`# ${fault.replaceAll('\n', ' ')}`);
  if (faults.length > 20) console.log(`# and ${faults.length - 20} more`);
  if (faults.length > 0) failed++;
  console.log(`${faults.length > 0 ? 'not ok' : 'ok'} ${++count} - ${name}`);
}

export function done() {
  console.log(`1..${count}`);
  process.exitCode = failed > 0 ? 1 : 0;
}
