// signals: before, meanwhile, after; the sync forms know none
const fs = require('fs');
const { log, tmp } = require('./prelude');
const name = tmp('file');
fs.writeFileSync(name, 'there');

const aborted = AbortSignal.abort();
log(fs.readFileSync(name, { encoding: 'utf8', signal: aborted }));
fs.readFile(name, { signal: aborted }, (err, data) => {
  log('before', err, data, err.cause.name);
});
fs.writeFile(name, 'gone', { signal: aborted }, (err) => log('before', err));
fs.appendFile(name, 'gone', { signal: aborted }, (err) => log('before', err));
const controller = new AbortController();
setTimeout(() => {
  fs.readFile(name, { signal: controller.signal }, (err, data) => {
    log('meanwhile', err, data, err.cause);
    const later = new AbortController();
    fs.readFile(name, { signal: later.signal, encoding: 'hex' }, (err, data) => {
      log('after', err, data);
      later.abort();
      fs.unlinkSync(name);
    });
  });
  controller.abort('reason');
}, 1);
