// open files: read and written piece by piece, where they stand and elsewhere
const fs = require('fs');
const { log, tmp, attempt } = require('./prelude');
const name = tmp('file');
// what was read: Node fills a buffer
const read = (fd, length, position) => {
  const buffer = Buffer.alloc(length);
  return buffer.toString('latin1', 0, fs.readSync(fd, buffer, 0, length, position === undefined ? null : position));
};

let fd = fs.openSync(name, 'w+');
log(fs.writeSync(fd, 'hello world'), fs.writeSync(fd, ''), fs.writeSync(fd, 'HE', 0), fs.writeSync(fd, '!'));
log(read(fd, 100) === '', read(fd, 5, 0), read(fd, 5, 6), read(fd, 100, 6), read(fd, 5, 1000) === '', read(fd, 0, 0) === '');
log(fs.writeSync(fd, '6869', null, 'hex'), fs.writeSync(fd, 'añ', null, 'latin1'), fs.writeSync(fd, 'aGk', undefined, 'base64'));
log(fs.writeSync(fd, 'far', 30));
log(fs.readFileSync(name).toString('hex'));
fs.closeSync(fd);
attempt('closed', () => fs.closeSync(fd));

fd = fs.openSync(name, fs.constants.O_RDONLY);
log(read(fd, 3), read(fd, 3), read(fd, 3, 0), read(fd, 3));
attempt('write', () => fs.writeSync(fd, 'x'));
fs.closeSync(fd);
fd = fs.openSync(name, 'a');
attempt('read', () => read(fd, 3));
log(fs.writeSync(fd, 'appended', 0));
fs.closeSync(fd);
log(fs.statSync(name).size);

fs.open(name, (err, fd) => {
  log('open', err, typeof fd);
  fs.read(fd, Buffer.alloc(4), 0, 4, null, (err, count, buffer) => {
    log('read', err, buffer.toString('latin1', 0, count));
    fs.read(fd, { buffer: Buffer.alloc(2), position: 1 }, (err, count, buffer) => {
      log('read', err, buffer.toString('latin1', 0, count));
      fs.read(fd, (err, count, buffer) => {
        log('read', err, buffer.toString('hex', 0, count));
        fs.write(fd, 'x', (...args) => {
          log('write', ...args);
          fs.close(fd, (...args) => {
            log('close', ...args);
            fs.open(name, 'r+', 0o600, (err, fd) => {
              fs.write(fd, 'first', (...args) => {
                log('write', ...args);
                fs.write(fd, 'second', 2, (...args) => {
                  log('write', ...args);
                  fs.write(fd, '7a', 0, 'hex', (...args) => {
                    log('write', ...args);
                    fs.ftruncate(fd, 8, (...args) => {
                      log('ftruncate', ...args);
                      fs.fsync(fd, (...args) => {
                        log('fsync', ...args);
                        fs.closeSync(fd);
                        log(fs.readFileSync(name, 'utf8'));
                        fs.unlink(name, (...args) => log('unlink', ...args));
                      });
                    });
                  });
                });
              });
            });
          });
        });
      });
    });
  });
});
