// process.exit() in the main chunk: code of exitCode, open servers do not matter
const net = require('net');
const { log } = require('./prelude');

process.exitCode = 4;
process.on('exit', (code) => log('exit', code));
const server = net.createServer().listen(0);
server.on('listening', () => log('never'));
server.on('close', () => log('never'));
process.nextTick(() => log('never'));
log('listening', server.listening);
process.exit();
log('never');
