// a file is written: what is written before 'open' waits; callbacks, 'finish', 'close'; flags and start
const fs = require('fs');
const { log, trace, tmp } = require('./prelude');

const path = tmp('file');
const events = ['ready', 'drain', 'prefinish', 'finish', 'error', 'close'];
const write = (label, options, parts, next) => {
  const stream = trace(label, fs.createWriteStream(path, options), events);
  log(label, stream.pending, stream.fd === null, stream.bytesWritten, stream.path === path);
  stream.on('open', (fd) => log(label, 'open', fd === stream.fd, stream.pending));
  for (const part of parts) {
    log(label, stream.write(part, (err) => log(label, 'wrote', part, err)), stream.writableLength);
  }
  stream.end(() => log(label, 'ended', stream.bytesWritten, stream.writableFinished));
  log(label, stream.writableEnded, stream.writable);
  stream.on('close', () => {
    log(label, stream.bytesWritten, stream.destroyed, stream.closed, fs.readFileSync(path, 'hex'));
    next();
  });
};
write('new', undefined, ['one ', 'two ', 'three'], () =>
  write('append', { flags: 'a' }, ['+'], () =>
    write('within', { flags: 'r+', start: 4 }, ['TWO'], () =>
      write('latin1', 'latin1', ['\u00e9'], () =>
        write('mark', { highWaterMark: 3 }, ['abc', 'd'], () =>
          write('nothing', undefined, [], () => fs.unlinkSync(path)))))));
