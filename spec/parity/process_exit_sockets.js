// process.exit() from a connection: no 'close' events any more, what was written arrives
const net = require('net');
const { log, tmp } = require('./prelude');

const path = tmp('exit.sock');
process.on('exit', (code) => log('exit', code));
const server = net.createServer((socket) => {
  socket.on('close', () => log('never'));
  socket.write('bye');
}).listen(path, () => {
  net.connect(path).on('data', (data) => {
    log('data', data);
    server.unref();
    process.exit(5);
  }).on('close', () => log('never'));
});
server.on('close', () => log('never'));
