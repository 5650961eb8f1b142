// connect(): what args_connect and args_connect_options leave out - ports as text, and options that are nearly right
const net = require('net');
const { attempt } = require('./prelude');

for (const port of ['65536', '-1', '1.5', '0x', ' ', '1e6', '80 81']) {
  attempt(`port ${port}`, () => net.connect({ port: port, host: '127.0.0.1' }));
}
attempt('false', () => net.connect(false));
attempt('localAddress short', () => net.connect({ port: 80, localAddress: '127.0.0' }));
attempt('family text', () => net.connect({ port: 80, family: 'IPv5' }));
attempt('attempt time-out -5', () => net.connect({ port: 80, autoSelectFamilyAttemptTimeout: -5 }));
attempt('keepAliveInitialDelay', () => net.connect({ port: 80, keepAliveInitialDelay: '5' }));
attempt('writableHighWaterMark', () => net.connect({ port: 80, writableHighWaterMark: 1.5 }));
