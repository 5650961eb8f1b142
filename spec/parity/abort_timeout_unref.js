// AbortSignal.timeout does not keep the program alive
const { log } = require('./prelude');

const signal = AbortSignal.timeout(5000);
signal.addEventListener('abort', () => log('never'));
process.on('exit', (code) => log('exit', code, signal.aborted));
