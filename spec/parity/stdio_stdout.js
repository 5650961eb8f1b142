// process.stdout as a file: written at once and in order, told to end and to be destroyed, and usable after that
const { log: show } = require('./prelude');

const out = process.stdout;
const lines = []; // console.log writes to process.stdout as well: what is seen is told at the end
const log = (...values) => lines.push(values);
for (const name of ['prefinish', 'finish', 'drain', 'error', 'close']) out.on(name, (...args) => log('out', name, ...args));
log('first', out === process.stdout, out.fd, out.isTTY ?? false, out.columns, out.writable);
out.write('written\n', (err) => log('wrote', err));
log('then', out.writableLength, out.writableNeedDrain);
log('more', out.write('x'.repeat(100000) + '\n'), out.writableLength);
out.cork();
out.write('corked\n');
log('before');
out.uncork();
out.end('ended\n', (err) => log('end cb', err));
log(out.writableEnded, out.writableFinished);
setImmediate(() => {
  log(out.writableEnded, out.destroyed, out.closed);
  log(out.write('again\n'));
  out.destroy(new Error('told'));
  setImmediate(() => { log(out.destroyed, out.errored); out.write('still there\n'); for (const line of lines.slice()) show(...line); });
});
