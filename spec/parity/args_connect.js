// net.connect(): what throws at once: no destination, bad ports
const net = require('net');
const { attempt } = require('./prelude');

attempt('nothing', () => net.connect());
attempt('empty', () => net.connect({}));
attempt('host alone', () => net.connect({ host: '127.0.0.1' }));
attempt('true', () => net.connect(true));
attempt('port boolean', () => net.connect({ port: true }));
attempt('port object', () => net.connect({ port: {} }));
attempt('port -1', () => net.connect(-1));
attempt('port 65536', () => net.connect({ port: 65536 }));
attempt('port 1.5', () => net.connect({ port: 1.5 }));
attempt('port word', () => net.connect({ port: 'http' }));
attempt('port empty', () => net.connect(''));
attempt('path number', () => net.connect({ path: 5 }));
attempt('path boolean', () => net.connect({ path: true }));
const socket = new net.Socket();
attempt('method, nothing', () => socket.connect());
attempt('method, port', () => socket.connect(-1));
attempt('method, path', () => socket.connect({ path: 5 }));
attempt('createConnection', () => net.createConnection({}));
