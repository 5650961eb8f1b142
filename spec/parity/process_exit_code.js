// exitCode: what beforeExit and exit hear; an exit listener may still change it
const { attempt, log } = require('./prelude');

log(process.exitCode);
process.exitCode = 7;
attempt('string', () => { process.exitCode = 'x'; });
attempt('fraction', () => { process.exitCode = 5.5; });
log(process.exitCode);
process.on('beforeExit', (code) => log('beforeExit', code));
process.on('exit', (code) => {
  log('exit', code, process.exitCode);
  process.exitCode = 9;
});
process.on('exit', (code) => log('second listener', code, process.exitCode));
