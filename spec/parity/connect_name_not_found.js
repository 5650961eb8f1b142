// a name that does not exist (an empty label: no name server is asked)
const net = require('net');
const { log, trace } = require('./prelude');

const socket = net.connect({ port: 8080, host: 'no..name' }, () => log('never'));
trace('socket', socket, ['lookup', 'connectionAttempt', 'error', 'close']);
socket.on('error', (err) => log(err.code, err.errno, err.syscall, err.hostname, socket.readyState));
log('connect returned', socket.connecting, socket.readyState);
