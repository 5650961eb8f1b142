// whole files: flags, modes, encodings, descriptors that are given instead of paths
const fs = require('fs');
const { log, tmp, attempt } = require('./prelude');
const folder = tmp('folder');
fs.mkdirSync(folder);
process.chdir(folder);
const hex = (name) => fs.readFileSync(name).toString('hex');

fs.writeFileSync('a', 'one');
fs.writeFileSync('a', 'two ');
fs.appendFileSync('a', 'three ');
fs.writeFileSync('a', 'four', { flag: 'a' });
log(fs.readFileSync('a', 'utf8'));
fs.writeFileSync('a', 'TWO', { flag: 'r+' });
log(fs.readFileSync('a', 'utf8'));
attempt('wx', () => fs.writeFileSync('a', '', { flag: 'wx' }));
fs.writeFileSync('new', '', { flag: 'wx', mode: 0o600 });
fs.appendFileSync('appended', 'x', { mode: '600', flush: true });
for (const name of ['new', 'appended']) log(name, (fs.statSync(name).mode & 0o777).toString(8), fs.statSync(name).size);
log('empty', fs.readFileSync('new').length, fs.readFileSync('new', 'hex'));
attempt('made by reading', () => fs.readFileSync('made', { flag: 'a+' }));
log(fs.existsSync('made'));

for (const encoding of ['utf8', 'latin1', 'utf16le', 'hex', 'base64', 'base64url', 'ascii', 'UTF-8', 'ucs2', 'binary']) {
  const text = encoding === 'hex' ? 'deadbeef' : encoding.startsWith('base64') ? 'aGkgdGhlcmU_' : 'año €';
  fs.writeFileSync('encoded', text, encoding);
  log(encoding, hex('encoded'));
  fs.writeFileSync('encoded', text, { encoding });
  log(encoding, hex('encoded'), fs.readFileSync('encoded', { encoding }));
}
fs.writeFileSync('encoded', 'deadbee', 'hex');
log('odd hex', hex('encoded'));

let fd = fs.openSync('a', 'r+');
log(fs.readSync(fd, Buffer.alloc(3)));
log(fs.readFileSync(fd, 'utf8'), JSON.stringify(fs.readFileSync(fd, 'utf8')));
fs.writeFileSync(fd, '!');
fs.appendFileSync(fd, '?');
fs.ftruncateSync(fd, 17);
log(fs.fstatSync(fd).size);
fs.closeSync(fd);
log(fs.readFileSync('a').toString('hex'));
fs.truncateSync('a', 4);
fs.truncateSync('new', -1);
log(fs.readFileSync('a', 'utf8'), fs.statSync('new').size);
fs.truncateSync('a');
log(fs.statSync('a').size);

fs.writeFile('b', 'callback', (err, ...rest) => {
  log('writeFile', err, rest.length);
  fs.appendFile('b', '...', (err, ...rest) => {
    log('appendFile', err, rest.length);
    fs.readFile('b', (err, data) => {
      log('readFile', err, data);
      fs.readFile('b', 'base64', (err, data) => {
        log('readFile base64', err, data);
        fd = fs.openSync('b', 'r');
        fs.readSync(fd, Buffer.alloc(4));
        fs.readFile(fd, (err, data) => {
          log('readFile fd', err, data);
          fs.closeSync(fd);
          fs.rmSync(folder, { recursive: true });
        });
      });
    });
  });
});
