// close() right after listen(): 'listening' never fires, close was in order
const net = require('net');
const { log, trace } = require('./prelude');

const server = trace('server', net.createServer(), ['listening', 'close', 'error']);
server.listen(0, () => log('listen callback'));
server.close((err) => log('close callback', err));
log(server.listening, server.address());
