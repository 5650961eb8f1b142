// a file is read: 'open' and 'ready', the data, 'end', 'close'; the range is inclusive
const fs = require('fs');
const { log, trace, tmp } = require('./prelude');

const path = tmp('file');
fs.writeFileSync(path, 'hello, file');
const events = ['ready', 'end', 'error', 'close'];
const read = (label, options, next) => {
  const stream = trace(label, fs.createReadStream(path, options), events);
  log(label, stream.pending, stream.fd === null, stream.bytesRead, stream.path === path, stream.destroyed);
  stream.on('open', (fd) => log(label, 'open', fd === stream.fd, stream.pending));
  stream.on('data', (chunk) => log(label, 'data', chunk, stream.bytesRead));
  stream.on('close', () => {
    log(label, stream.bytesRead, stream.destroyed, stream.closed, stream.readableEnded);
    next();
  });
};
read('whole', undefined, () => read('range', { start: 3, end: 6 }, () => read('from', { start: 7 }, () =>
  read('text', { encoding: 'hex', end: 1 }, () => read('encoding', 'utf8', () =>
    read('behind', { start: 20 }, () => read('pieces', { highWaterMark: 4 }, () => fs.unlinkSync(path))))))));
