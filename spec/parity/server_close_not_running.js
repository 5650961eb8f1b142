// close() of a server that does not listen: 'close' all the same, the callback gets ERR_SERVER_NOT_RUNNING
const net = require('net');
const { log } = require('./prelude');

const server = net.createServer();
server.on('close', () => log('close'));
log(server.close((err) => log('callback', err, err.code)) === server);
process.nextTick(() => log('tick after'));
const silent = net.createServer();
silent.on('close', () => log('close without a callback'));
silent.close();
log('end of main');
