// when callbacks of files run: never before their function returns, after ticks; their errors end the program
const fs = require('fs');
const { log } = require('./prelude');

fs.stat('/', (err, stats) => {
  log('stat', err, stats.isDirectory());
  process.nextTick(() => log('tick of a callback'));
  fs.exists('/', (...args) => {
    log('exists', ...args);
    fs.exists('/nowhere/at/all', (...args) => {
      log('exists', ...args);
      fs.access('/', fs.constants.R_OK, (...args) => {
        log('access', ...args);
        fs.close(123456, (err) => {
          log(err);
          fs.close(123456); // nobody's error
          process.on('uncaughtException', (err) => {
            log('uncaught', err);
            fs.readFile('/nowhere/at/all', (err) => { throw err; });
            process.removeAllListeners('uncaughtException');
            process.on('uncaughtException', (err) => {
              log('uncaught', err);
              fs.readFile('/nowhere/at/all', (err) => process.exit(err.errno === -2 ? 7 : 8));
              fs.stat('/', () => setTimeout(() => log('never'), 10000));
            });
          });
        });
      });
    });
  });
});
process.nextTick(() => log('tick'));
log('main');
